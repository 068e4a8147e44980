import { VERDICTS } from "./comparison.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { LOOK_OUTCOMES, type LookRow } from "./run_row.ts";
import { wordIn } from "./word_in.ts";

const LOOKS_TABLE: TableShape = {
  file: "looks.csv",
  before: [
    "seeds",
    "cell",
    "n",
    "mean_difference",
    "ci_low_simultaneous",
    "ci_high_simultaneous",
    "p_adjusted",
    "verdict",
    "outcome",
  ],
  after: [],
};

/** Writes the text of looks.csv: a line per look and cell, in the given order. */
export function looksCsv(rows: readonly LookRow[]): string {
  const records = rows.map((row) => [
    row.seeds,
    row.cell,
    row.n,
    row.meanDifference,
    row.ciLow,
    row.ciHigh,
    row.pAdjusted,
    row.verdict,
    row.outcome,
  ]);
  return formatTable(LOOKS_TABLE, {}, records);
}

/**
 * Reads the text of looks.csv.
 *
 * @throws {UserError} If `looksCsv()` cannot have written it.
 */
export function readLooks(text: string): LookRow[] {
  return parseTable(LOOKS_TABLE, text).map((row) => ({
    seeds: row.count("seeds"),
    cell: row.text("cell"),
    n: row.count("n"),
    meanDifference: row.optionalNumber("mean_difference"),
    ciLow: row.optionalNumber("ci_low_simultaneous"),
    ciHigh: row.optionalNumber("ci_high_simultaneous"),
    pAdjusted: row.optionalNumber("p_adjusted"),
    verdict: wordIn(row.text("verdict"), VERDICTS, { row, column: "verdict" }),
    outcome: wordIn(row.text("outcome"), LOOK_OUTCOMES, { row, column: "outcome" }),
  }));
}
