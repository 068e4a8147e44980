import { isLargerBetter, metricColumn } from "../../measures/metrics.ts";
import { listWords } from "../../list_words.ts";
import { type Problem, UserError } from "../../user_error.ts";
import { baselineCell } from "../experiment.ts";
import { type OpenedOnDataset, openExperiment } from "../open_experiment.ts";
import type { ExperimentChanges } from "../overrides.ts";
import { type ExperimentText, readTables } from "../read_experiment.ts";

/** An experiment with `datasets:`: an ordinary experiment on each of them. */
export interface OpenedCollection {
  readonly name: string;
  /** The file as the user named it. */
  readonly file: string;
  /** In the order of the file; each experiment has its table's name. */
  readonly tables: readonly OpenedOnDataset[];
}

/**
 * Reads an experiment file with several datasets, and all of these; undefined if it has no `datasets:`.
 *
 * @param source The file, or the text that it would have.
 * @throws {UserError} If anything is wrong with them, each problem once, or cells cannot be compared
 * over them.
 */
export async function openCollection(
  source: string | ExperimentText,
  changes: ExperimentChanges = {},
): Promise<OpenedCollection | undefined> {
  const read = readTables(source);
  if (!read) return undefined;
  const { file } = read;
  refuseFiles(changes);
  const tables: OpenedOnDataset[] = [];
  const problems = new Map<string, Problem>();
  for (const table of read.tables) {
    try {
      const opened = await openExperiment(read, { ...changes, table });
      if (opened.dataset) tables.push(opened);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const problem of error.problems) problems.set(JSON.stringify(problem), problem);
    }
  }
  for (const problem of incomparable(tables)) problems.set(problem.message, problem);
  if (problems.size > 0) throw new UserError([...problems.values()]);
  return { name: tables[0].experiment.collection ?? "", file, tables };
}

/** @throws {UserError} If a file is given, and nothing says for which dataset. */
function refuseFiles({ dataset, test }: ExperimentChanges): void {
  const given = [
    ...dataset === undefined ? [] : ["--dataset"],
    ...test === undefined ? [] : ["--test"],
  ];
  if (given.length === 0) return;
  const message = `Cannot use ${listWords(given, "and")}: the experiment has several datasets`;
  throw new UserError({ message, hint: "--table chooses one of them" });
}

/** What keeps cells from being compared over tables. */
function incomparable(tables: readonly OpenedOnDataset[]): Problem[] {
  const experiments = tables.map(({ experiment }) => experiment);
  const [first, ...others] = experiments;
  if (!first) return [];
  const problems: Problem[] = [];
  if (first.looks) {
    problems.push({
      message: "Cannot use until with datasets: cells would have other seeds on each of them",
      place: first.places.of(["seeds", "until"]),
      hint: "seeds can be a number or a list",
    });
  }
  const measured = others.find(({ metric }) =>
    metricColumn(metric) !== metricColumn(first.metric) ||
    isLargerBetter(metric) !== isLargerBetter(first.metric)
  );
  if (measured) {
    const by = ({ name, metric }: typeof first) => `${name} by ${metricColumn(metric)}`;
    problems.push({
      message: `Cannot compare cells over datasets: those of ${by(first)}, those of ${
        by(measured)
      }`,
      place: measured.places.dataset,
      hint: "metric names one for all",
    });
  }
  const other = others.find((one) => baselineCell(one).name !== baselineCell(first).name);
  if (other) {
    problems.push({
      message:
        `Cannot compare cells over datasets: ${first.name} and ${other.name} have different ` +
        `baselines, ${baselineCell(first).name} and ${baselineCell(other).name}`,
      place: other.places.dataset,
    });
  }
  return problems;
}
