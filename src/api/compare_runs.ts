import type { Comparison } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import { UserError } from "../user_error.ts";

/** The result of one run, of whatever tool. */
export interface MeasuredRun {
  /** The name of its setting. */
  readonly cell: string;
  /** What it shares with runs of other cells: such runs are compared in pairs. */
  readonly seed: number;
  /** What cells are compared by; absent, infinite or NaN if the run has no result. */
  readonly value?: number;
}

/** How runs are compared. */
export interface CompareOptions {
  /** The cell that the others are compared with. */
  readonly baseline: string;
  /** Which values are better; `larger` if not given. */
  readonly better?: "larger" | "smaller";
  /** Differences up to this are of no practical interest, in the values' unit. */
  readonly equivalence?: number;
  /**
   * Validation rows per training row, if each seed drew its own rows from one dataset: intervals are
   * wider then. 0 if not given, which is right where all seeds had the same rows.
   *
   * Source: Nadeau and Bengio, Inference for the Generalization Error (2003).
   */
  readonly overlap?: number;
}

/** The mean of a cell's values. */
export interface CellMean {
  /** Its name. */
  readonly cell: string;
  /** How many of its runs have a value. */
  readonly n: number;
  /** Absent if none has one. */
  readonly mean?: number;
  /** The sample standard deviation; absent for fewer than two values. */
  readonly sd?: number;
  /** The lower end of the 95% t-interval of the mean; absent for fewer than two values. */
  readonly ciLow?: number;
  /** Its upper end. */
  readonly ciHigh?: number;
}

/** What a comparison of runs finds. */
export interface RunComparison {
  /** In the order in which they first appear. */
  readonly cells: readonly CellMean[];
  /** Each other cell against the baseline, paired by seed, in the same order. */
  readonly comparisons: readonly Comparison[];
}

/** The column of the values. */
const COLUMN = "value";

/**
 * Compares the cells of any table of runs with one of them, with the statistics of a sweep's report:
 * paired differences, intervals that hold together, and verdicts.
 *
 * @example
 * ```ts
 * import { compareRuns } from "@regsweep/regsweep";
 *
 * const runs = [
 *   { cell: "plain", seed: 1, value: 0.91 },
 *   { cell: "plain", seed: 2, value: 0.90 },
 *   { cell: "dropout", seed: 1, value: 0.94 },
 *   { cell: "dropout", seed: 2, value: 0.92 },
 * ];
 * const { comparisons } = await compareRuns(runs, { baseline: "plain" });
 * console.log(comparisons[0].meanDifference, comparisons[0].verdict);
 * ```
 *
 * @throws {UserError} If a cell has a seed twice, or there is no baseline.
 */
export async function compareRuns(
  runs: readonly MeasuredRun[],
  { baseline, better = "larger", equivalence, overlap = 0 }: CompareOptions,
): Promise<RunComparison> {
  checkRuns(runs, baseline);
  const [{ compareWithBaseline }, { summarizeCells }] = await Promise.all([
    import("../statistics/compare_with_baseline.ts"),
    import("../statistics/summarize_cells.ts"),
  ]);
  const question = { metric: { key: COLUMN, better }, baseline, equivalence, overlap };
  const rows = runRows(runs);
  return {
    cells: summarizeCells(rows, question).map(({ cell, n, mean, sd, ciLow, ciHigh }) => ({
      ...{ cell, n, mean, sd, ciLow, ciHigh },
    })),
    comparisons: compareWithBaseline(rows, question),
  };
}

function runRows(runs: readonly MeasuredRun[]): RunRow[] {
  // Runs are paired by replicate, which counts from 0.
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  const replicates = new Map(seeds.map((seed, replicate) => [seed, replicate]));
  return runs.map(({ cell, seed, value }, index) => {
    const row = { run: `${index}`, cell, seed, replicate: replicates.get(seed) ?? 0, values: {} };
    return value !== undefined && Number.isFinite(value)
      ? { ...row, status: "completed", measures: { [COLUMN]: value } }
      : { ...row, status: "failed" };
  });
}

/** @throws {UserError} If they cannot be compared. */
function checkRuns(runs: readonly MeasuredRun[], baseline: string): void {
  const seen = new Set<string>();
  for (const { cell, seed } of runs) {
    const run = `${seed} of ${cell}`;
    if (seen.has(run)) throw new UserError(`Cannot compare runs: seed ${run} is there twice`);
    seen.add(run);
  }
  if (!runs.some(({ cell }) => cell === baseline)) {
    throw new UserError(`Cannot compare runs: no run is of the baseline ${baseline}`);
  }
}
