import { type Comparison, VERDICTS } from "./comparison.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { wordIn } from "./word_in.ts";

const FIRST_COLUMNS = [
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
];
const LAST_COLUMNS = ["ci_low_simultaneous", "ci_high_simultaneous", "p_adjusted"];
const COMPARISONS_TABLE: TableShape = {
  file: "comparisons.csv",
  before: [...FIRST_COLUMNS, ...LAST_COLUMNS],
  after: [],
};
/** What earlier versions wrote, whose verdicts followed Holm's method. */
const HOLM_TABLE: TableShape = { ...COMPARISONS_TABLE, before: FIRST_COLUMNS };

/** Writes the text of comparisons.csv: a line per comparison, in the given order. */
export function comparisonsCsv(comparisons: readonly Comparison[]): string {
  const records = comparisons.map((comparison) => [
    ...firstFields(comparison),
    comparison.ciLowSimultaneous,
    comparison.ciHighSimultaneous,
    comparison.pAdjusted,
  ]);
  return formatTable(COMPARISONS_TABLE, {}, records);
}

/** Writes the text as earlier versions did, without the columns that they did not have. */
export function holmComparisonsCsv(comparisons: readonly Comparison[]): string {
  return formatTable(HOLM_TABLE, {}, comparisons.map(firstFields));
}

/** Whether a text is a comparisons.csv of an earlier version. */
export function isOfHolm(text: string): boolean {
  return !text.slice(0, text.indexOf("\n")).includes(LAST_COLUMNS[0]);
}

function firstFields(comparison: Comparison): (string | number | undefined)[] {
  return [
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
  ];
}

/**
 * Reads the text of comparisons.csv, of this version or an earlier one.
 *
 * @throws {UserError} If neither can have written it.
 */
export function readComparisons(text: string): Comparison[] {
  const isBefore = isOfHolm(text);
  return parseTable(isBefore ? HOLM_TABLE : COMPARISONS_TABLE, text).map((row) => ({
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
    ...!isBefore && {
      ciLowSimultaneous: row.optionalNumber("ci_low_simultaneous"),
      ciHighSimultaneous: row.optionalNumber("ci_high_simultaneous"),
      pAdjusted: row.optionalNumber("p_adjusted"),
    },
  }));
}
