import type { ColumnDifference } from "../results/run_difference.ts";
import type { RunRow } from "../results/run_row.ts";
import type { SweepComparison } from "../verify/compare_sweeps.ts";
import { Details } from "./details.ts";

/** A run that two sweeps have with different results. */
export interface DifferentRun {
  /** Its row of the first sweep's runs.csv. */
  readonly row: RunRow;
  /** Columns of runs.csv that differ, with the text of each sweep. */
  readonly columns: readonly ColumnDifference[];
  /** The first step at which the curves differ; absent if they do not, or are not there. */
  readonly curveStep?: number;
}

/** Where the results of two sweeps agree and where they differ. */
export interface ResultsComparison {
  /** Runs that both have with the same results. */
  readonly identical: readonly RunRow[];
  /** Runs that both have with other results. */
  readonly different: readonly DifferentRun[];
  /** Runs that only the first one has. */
  readonly onlyInFirst: readonly RunRow[];
  /** Runs that only the second one has. */
  readonly onlyInSecond: readonly RunRow[];
}

/** All that is known of comparisons. */
export const COMPARED = new Details<ResultsComparison, SweepComparison>("compareResults()");

/**
 * Matches the runs of two folders of results by their keys: runs of the same key should have the same
 * results. Of imported runs, cell and seed stand for the key, in the rows, too.
 *
 * @example
 * ```ts
 * import { compareResults } from "@regsweep/regsweep";
 *
 * const { identical, different } = await compareResults("reports/sample", "reports/sample");
 * console.log(identical.length, different.length);
 * ```
 *
 * @param first A folder of results, or a runs.csv.
 * @param second Another one.
 * @throws {UserError} If a file is missing, or is not what a sweep writes; if the runs of one alone were
 * imported, or their metrics differ.
 */
export async function compareResults(first: string, second: string): Promise<ResultsComparison> {
  const { compareSweeps } = await import("../verify/compare_sweeps.ts");
  const comparison = await compareSweeps(first, second);
  const { identical, different, onlyInA, onlyInB } = comparison.matched;
  const told = {
    identical,
    different: different.map(({ row, difference: { columns, curve } }) => ({
      ...{ row, columns, ...curve && { curveStep: curve.step } },
    })),
    onlyInFirst: onlyInA,
    onlyInSecond: onlyInB,
  };
  return COMPARED.keep(told, comparison);
}
