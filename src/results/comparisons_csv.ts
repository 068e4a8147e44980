import { type Comparison, VERDICTS } from "./comparison.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { wordIn } from "./word_in.ts";

const COMPARISONS_TABLE: TableShape = {
  file: "comparisons.csv",
  before: [
    "cell",
    "baseline",
    "n",
    "mean_difference",
    "ci_low",
    "ci_high",
    "p_value",
    "p_holm",
    "p_sign_flip",
    "probability_better",
    "verdict",
  ],
  after: [],
};

/** Writes the text of comparisons.csv: a line per comparison, in the given order. */
export function comparisonsCsv(comparisons: readonly Comparison[]): string {
  const records = comparisons.map((comparison) => [
    comparison.cell,
    comparison.baseline,
    comparison.n,
    comparison.meanDifference,
    comparison.ciLow,
    comparison.ciHigh,
    comparison.pValue,
    comparison.pHolm,
    comparison.pSignFlip,
    comparison.probabilityBetter,
    comparison.verdict,
  ]);
  return formatTable(COMPARISONS_TABLE, {}, records);
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
    n: row.count("n"),
    meanDifference: row.optionalNumber("mean_difference"),
    ciLow: row.optionalNumber("ci_low"),
    ciHigh: row.optionalNumber("ci_high"),
    pValue: row.optionalNumber("p_value"),
    pHolm: row.optionalNumber("p_holm"),
    pSignFlip: row.optionalNumber("p_sign_flip"),
    probabilityBetter: row.optionalNumber("probability_better"),
    verdict: wordIn(row.text("verdict"), VERDICTS, { row, column: "verdict" }),
  }));
}
