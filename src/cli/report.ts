import { drawCollection, readCollection } from "../api/collection.ts";
import { readExperiment } from "../api/experiment.ts";
import { drawExperiment, drawReport } from "../api/report.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./invocation.ts";
import { isFolder } from "./is_folder.ts";
import { documentText } from "./json/document_text.ts";
import { OPTIONS, type Options } from "./options.ts";
import { printAside } from "./output.ts";
import { showPage } from "./show_page.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** The options that are about an experiment. */
const OF_EXPERIMENTS = ["set", "only", "seeds", "table", "dataset", "test", "name"] as const;

/**
 * Draws a sweep's report again from its CSV files and manifest, or the report of an experiment from
 * the runs that the store has.
 */
export async function report(invocation: Invocation, signal: AbortSignal): Promise<number> {
  const { operands: [path], options } = invocation;
  const draw = isFolder(path) ? drawFolder : drawRuns;
  const drawn = await draw(path, invocation, signal);
  await showPage(drawn, options, () => documentText("report", { path: drawn }));
  return 0;
}

async function drawFolder(
  folder: string,
  { options }: Invocation,
  signal: AbortSignal,
): Promise<string> {
  refuseOptions(options);
  return await drawReport(folder, { signal });
}

/** @throws {UserError} If there are options that would have no effect. */
function refuseOptions(options: Options): void {
  const given = OF_EXPERIMENTS.filter((key) => (options[key]?.length ?? 0) > 0);
  if (given.length === 0) return;
  const names = given.map((key) => `--${OPTIONS[key].name}`).join(" and ");
  throw new UserError(`Cannot use ${names} with a folder, only with an experiment file`);
}

async function drawRuns(
  file: string,
  { words, options }: Invocation,
  signal: AbortSignal,
): Promise<string> {
  const drawing = {
    ...{ reports: options.reports, command: withoutSecrets(words), signal },
    onMessage: printAside,
  };
  const collection = await readCollection(file, options);
  if (collection) return await drawCollection(collection, drawing);
  const { path, unfinished } = await drawExperiment(
    await readExperiment(file, options),
    drawing,
  );
  if (unfinished !== undefined && !options.quiet) printAside(unfinished);
  return path;
}
