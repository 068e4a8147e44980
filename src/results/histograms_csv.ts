import { sortOutcomes } from "./sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { HistogramRow } from "./run_row.ts";

/** The columns that count weights: one per bin, as many bins as in the notebook's plots. */
export const HISTOGRAM_COUNTS = Array.from({ length: 16 }, (_, bin) => `count_${bin}`);

const HISTOGRAMS_TABLE: TableShape = {
  file: "histograms.csv",
  before: ["run", "layer"],
  after: ["minimum", "maximum", ...HISTOGRAM_COUNTS],
};

/** The lines of histograms.csv: one per layer of weights, runs in the order of runs.csv. */
export function histogramRows(outcomes: readonly RunOutcome[]): HistogramRow[] {
  return sortOutcomes(outcomes).flatMap(({ key, result }) =>
    (result?.histograms ?? []).map(({ minimum, maximum, counts }, layer) => {
      return { run: key, layer, minimum: minimum + 0, maximum: maximum + 0, counts };
    })
  );
}

/**
 * Writes the text of histograms.csv, in the order of the rows. Counts are empty if a weight is not
 * finite.
 */
export function histogramsCsv(rows: readonly HistogramRow[]): string {
  const records = rows.map(({ run, layer, minimum, maximum, counts }) => {
    return [run, layer, minimum, maximum, ...HISTOGRAM_COUNTS.map((_, bin) => counts[bin])];
  });
  return formatTable(HISTOGRAMS_TABLE, {}, records);
}

/**
 * Reads the text of histograms.csv.
 *
 * @throws {UserError} If `histogramsCsv()` cannot have written it.
 */
export function readHistograms(text: string): HistogramRow[] {
  return parseTable(HISTOGRAMS_TABLE, text).map((row) => ({
    run: row.text("run"),
    layer: row.count("layer"),
    minimum: row.number("minimum"),
    maximum: row.number("maximum"),
    counts: HISTOGRAM_COUNTS.flatMap((column) => row.optionalNumber(column) ?? []),
  }));
}
