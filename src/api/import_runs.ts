import { basename, join } from "node:path";
import type { Answer } from "../results/answer.ts";
import { UserError } from "../user_error.ts";
import { REPORTS } from "./sweep_place.ts";

/** What the columns of a table of runs are, and how the runs are compared. */
export interface ImportOptions {
  /** The column that names a run's cell, its setting; or several that do together. */
  readonly cell: string | readonly string[];
  /**
   * The column of what a run shares with runs of other cells, such as its seed or its fold: these are
   * compared in pairs; or several columns. Not given if `metric` is a pattern.
   */
  readonly seed?: string | readonly string[];
  /** The column of what cells are compared by; or of several, where `*` stands for the seed. */
  readonly metric: string;
  /** The cell that the others are compared with. */
  readonly baseline: string;
  /** Which values are better; `larger` if not given, unless the column's name casts doubt on that. */
  readonly better?: "larger" | "smaller";
  /** Such as `state=COMPLETE`: rows in which a column has another value are left out. */
  readonly where?: readonly string[];
  /** Differences up to this are of no practical interest, in the metric's unit. */
  readonly equivalence?: number;
  /**
   * Validation rows per training row, if each seed drew its own rows from one dataset, or is a fold of
   * it: 0.25 for five folds. Intervals are wider then. 0 if not given.
   */
  readonly overlap?: number;
  /** The name of the results and of their folder; the table's without extensions if not given. */
  readonly name?: string;
  /** The folder that their folder is in; `reports` if not given. */
  readonly reports?: string;
  /** Interrupts the import when it aborts. */
  readonly signal?: AbortSignal;
}

/** What was imported. */
export interface ImportedResults {
  /** The folder of results. */
  readonly folder: string;
  /** What they answer. */
  readonly answer: Answer;
  /** The metric's name in result files. */
  readonly metric: string;
  /** Which values of it are better. */
  readonly better: "larger" | "smaller";
  /** The baseline's name in result files. */
  readonly baseline: string;
  /** How many cells there are. */
  readonly cells: number;
  /** How many different seeds. */
  readonly seeds: number;
  /** How many runs, and how many of these have no value. */
  readonly runs: { readonly total: number; readonly failed: number };
  /** What to know before relying on them, in words. */
  readonly notes: readonly string[];
}

/**
 * Makes a folder of results with a report from the runs of another tool, which are in any table that
 * regsweep reads: CSV and its relatives, gzipped or not, or Parquet. The folder is marked as imported,
 * because nothing can compute the runs again.
 *
 * Runs that were imported to the folder before are replaced, and a sweep is not. Equal tables give equal
 * files.
 *
 * @example
 * ```ts
 * import { importRuns } from "@regsweep/regsweep";
 *
 * const lines = ["model,seed,score", "plain,1,0.91", "plain,2,0.9", "wide,1,0.94", "wide,2,0.92"];
 * await Deno.writeTextFile("runs.csv", lines.join("\n"));
 * const { folder, answer } = await importRuns("runs.csv", {
 *   cell: "model",
 *   seed: "seed",
 *   metric: "score",
 *   baseline: "plain",
 * });
 * console.log(folder, answer.advice);
 * ```
 *
 * @throws {UserError} If the file is no table, lacks a column, or has rows that are no runs; if there is
 * no such baseline, or the folder has other results or cannot be written.
 * @throws The signal's reason, if it aborts first.
 */
export async function importRuns(file: string, options: ImportOptions): Promise<ImportedResults> {
  const { reports = REPORTS, signal = new AbortController().signal } = options;
  const [
    { nameProblem },
    { readImportedRuns },
    written,
    { importNotes },
    { indexSweeps },
    metrics,
  ] = await Promise.all([
    import("../experiment/schema/name_schema.ts"),
    import("../import/read_imported_runs.ts"),
    import("../import/write_import.ts"),
    import("../import/import_notes.ts"),
    import("../sweep/index_sweeps.ts"),
    import("../measures/metrics.ts"),
  ]);
  const name = options.name ?? nameOf(file);
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new UserError({ message: `Cannot use name ${JSON.stringify(name)}: ${problem}` });
  }
  checkNumbers(options);
  const folder = join(reports, name);
  await written.checkImportFolder(folder);
  const { cell, seed = [], metric, baseline, better, where = [], equivalence, overlap } = options;
  const imported = await readImportedRuns(file, name, {
    ...{ cell: [cell].flat(), seed: [seed].flat(), metric, baseline, better, where },
    ...{ equivalence, overlap },
  });
  const answer = await written.writeImport(imported, { folder, reports, signal });
  const notes = importNotes(imported);
  await indexSweeps(reports, { signal, onProblem: (text) => notes.push(text) });
  const { experiment, runs, failures } = imported;
  return {
    ...{ folder, answer, metric: metrics.metricColumn(experiment.metric) },
    better: experiment.largerIsBetter ? "larger" : "smaller",
    ...{ baseline: experiment.baseline, cells: experiment.cells.length },
    seeds: experiment.seeds.length,
    runs: { total: runs.length, failed: failures.length },
    notes,
  };
}

/** A name from a file's: letters that no folder should have become hyphens. */
function nameOf(file: string): string {
  return basename(file).replace(/(\.(csv|tsv|txt|tab|data|parquet|pq|gz))+$/i, "")
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-").replaceAll(/^[.-]+|[.-]+$/g, "");
}

/** @throws {UserError} If a number makes no sense. */
function checkNumbers({ equivalence, overlap }: ImportOptions): void {
  const problems = Object.entries({ equivalence, overlap }).flatMap(([name, value]) =>
    value === undefined || value >= 0 && value < Infinity
      ? []
      : [{ message: `Cannot use ${name} ${value}: it must be a number of at least 0` }]
  );
  if (problems.length > 0) throw new UserError(problems);
}
