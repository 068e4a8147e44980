import type { Answer } from "../results/answer.ts";
import type { CellSummary } from "../results/cell_summary.ts";
import type { Comparison } from "../results/comparison.ts";
import type { CurveRow, RunRow } from "../results/run_row.ts";

/** The results of a sweep, as its folder has them. */
export interface Results {
  /** The experiment's name. */
  readonly name: string;
  /** Its question; empty if it asks none. */
  readonly description: string;
  /** Words that it is found by. */
  readonly tags: readonly string[];
  /** What readers should know, with line breaks; empty if there is nothing. */
  readonly notes: string;
  /** The column that compares its cells, such as `validation_accuracy`. */
  readonly metric: string;
  /** Whether larger values of it are better. */
  readonly largerIsBetter: boolean;
  /** `unfinished`: runs are missing. */
  readonly state: "complete" | "unfinished";
  /** What the results answer. */
  readonly answer: Answer;
  /** Lines of runs.csv. */
  readonly runs: readonly RunRow[];
  /** Lines of cells.csv: means over the runs of each cell. */
  readonly cells: readonly CellSummary[];
  /** Lines of comparisons.csv: each other cell against the baseline. */
  readonly comparisons: readonly Comparison[];
  /** Lines of curves.csv. */
  readonly curves: readonly CurveRow[];
  /** SHA-256 of each file of the folder, in hex, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads the results that a sweep wrote to its folder.
 *
 * @example
 * ```ts
 * import { readResults } from "@regsweep/regsweep";
 *
 * const { answer, comparisons } = await readResults("reports/sample");
 * console.log(answer.advice);
 * for (const { cell, verdict } of comparisons) console.log(cell, verdict);
 * ```
 *
 * @param folder Relative to the process's folder, or absolute.
 * @throws {UserError} If a file is missing, is not what a sweep writes, or was changed since.
 */
export async function readResults(folder: string): Promise<Results> {
  const [results, metrics, answers] = await Promise.all([
    import("../results/read_results.ts"),
    import("../measures/metrics.ts"),
    import("../report/answer_of.ts"),
  ]);
  const doing = `read the results of ${folder}`;
  const { manifest, rows } = await results.readResults(folder, { doing });
  const { name, description, tags = [], notes = "", metric } = manifest.experiment;
  return {
    ...{ name, description, tags, notes, metric: metrics.metricColumn(metric) },
    largerIsBetter: metrics.isLargerBetter(metric),
    state: manifest.state ?? "complete",
    answer: answers.answerOf({ manifest, ...rows }),
    ...{ runs: rows.runs, cells: rows.cells, comparisons: rows.comparisons, curves: rows.curves },
    files: manifest.files,
  };
}
