import { join } from "node:path";
import { type Experiment, OPENED } from "./experiment.ts";
import { REPORTS } from "./sweep_place.ts";

/** How a page is written. */
export interface DrawOptions {
  /** Ends the work when it aborts. */
  readonly signal?: AbortSignal;
}

/** How the report of an experiment is drawn. */
export interface DrawExperimentOptions extends DrawOptions {
  /** The folder of all sweeps' folders and the store; `reports` if not given. */
  readonly reports?: string;
  /** The command that draws it, in words, for the manifest. */
  readonly command?: readonly string[];
  /** Called with what a user may want to know, in words. */
  readonly onMessage?: (text: string) => void;
}

/** A report that was drawn from the runs that have ended. */
export interface DrawnReport {
  /** Its path. */
  readonly path: string;
  /** What is missing, in words; absent if all runs have ended and were scored. */
  readonly unfinished?: string;
}

/**
 * Draws the report of a folder of results again, and updates the folder's manifest. Of several
 * datasets, it draws the report over them.
 *
 * @example
 * ```ts
 * import { drawReport } from "@regsweep/regsweep";
 *
 * console.log(await drawReport("reports/sample"));
 * ```
 *
 * @returns The report's path.
 * @throws {UserError} If a file is missing, is not what a sweep writes, or cannot be written.
 * @throws The signal's reason, if it aborts first.
 */
export async function drawReport(
  folder: string,
  { signal = new AbortController().signal }: DrawOptions = {},
): Promise<string> {
  const { isCollectionFolder } = await import("../results/collection_manifest.ts");
  if (await isCollectionFolder(folder)) {
    const { redrawCollection } = await import("../report/collection/write_collection.ts");
    return await redrawCollection(folder, { signal });
  }
  const { redrawReport } = await import("../report/redraw_report.ts");
  return await redrawReport(folder, { signal });
}

/**
 * Writes the results and the report of an experiment from the runs that the store has. It trains
 * nothing, so a sweep of the experiment may go on meanwhile, here or elsewhere.
 *
 * @example
 * ```ts
 * import { drawExperiment, readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { seeds: "2" });
 * await sweepExperiment(experiment, { budgetSeconds: 60 });
 * const { path, unfinished = "All runs have ended" } = await drawExperiment(experiment);
 * console.log(path, unfinished);
 * ```
 *
 * @throws {UserError} If no run has ended, or a file cannot be read or written.
 * @throws The signal's reason, if it aborts first.
 */
export async function drawExperiment(
  experiment: Experiment,
  { reports = REPORTS, command, onMessage = () => {}, ...options }: DrawExperimentOptions = {},
): Promise<DrawnReport> {
  const { signal = new AbortController().signal } = options;
  const [{ drawExperiment: draw }, { OTHER_FILES }, { unfinishedSentence }] = await Promise.all([
    import("../sweep/live/draw_experiment.ts"),
    import("../results/result_files.ts"),
    import("../wording/unfinished_sentence.ts"),
  ]);
  const { folder, results } = await draw(OPENED.of(experiment), {
    ...{ reports, command, signal },
    onProblem: onMessage,
  });
  const unfinished = unfinishedSentence(results.manifest);
  return {
    path: join(folder, OTHER_FILES.report.name),
    ...unfinished !== undefined && { unfinished },
  };
}

/**
 * Writes the page over all sweeps of a folder, as every sweep does.
 *
 * @example
 * ```ts
 * import { writeIndex } from "@regsweep/regsweep";
 *
 * console.log(await writeIndex("reports"));
 * ```
 *
 * @returns The page's path.
 * @throws {UserError} If the folder cannot be read or written.
 * @throws The signal's reason, if it aborts first.
 */
export async function writeIndex(
  reports: string,
  { signal = new AbortController().signal }: DrawOptions = {},
): Promise<string> {
  const { writeIndex: write } = await import("../report/index/write_index.ts");
  return await write(reports, { signal });
}
