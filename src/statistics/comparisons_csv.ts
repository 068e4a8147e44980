import { formatTable, parseTable, type TableShape } from "../results/csv_table.ts";
import type { Comparison } from "./comparison.ts";

const COMPARISONS_TABLE: TableShape = {
  file: "comparisons.csv",
  before: ["cell", "baseline", "n", "mean_difference", "ci_low", "ci_high"],
  after: [],
};

/** The text of comparisons.csv: a line per comparison, in their order. */
export function comparisonsCsv(comparisons: readonly Comparison[]): string {
  const records = comparisons.map((comparison) => [
    comparison.cell,
    comparison.baseline,
    comparison.n,
    comparison.meanDifference,
    comparison.ciLow,
    comparison.ciHigh,
  ]);
  return formatTable(COMPARISONS_TABLE, [], records);
}

/**
 * Reads the text of comparisons.csv.
 *
 * @throws {UserError} If `comparisonsCsv()` cannot have written it.
 */
export function readComparisons(text: string): Comparison[] {
  return parseTable(COMPARISONS_TABLE, text).map((row) => ({
    cell: row.text("cell"),
    baseline: row.text("baseline"),
    n: row.number("n"),
    meanDifference: row.optionalNumber("mean_difference"),
    ciLow: row.optionalNumber("ci_low"),
    ciHigh: row.optionalNumber("ci_high"),
  }));
}
