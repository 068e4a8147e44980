import { sortOutcomes } from "./_sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { HISTOGRAM_COUNTS } from "./figures.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { HistogramRow } from "./run_row.ts";

const HISTOGRAMS_TABLE: TableShape = {
  file: "histograms.csv",
  before: ["run", "layer"],
  after: ["minimum", "maximum", ...HISTOGRAM_COUNTS],
};

/**
 * The text of histograms.csv: a line per layer of weights, its runs in the order of runs.csv. Counts
 * are empty where some weight is not finite.
 */
export function histogramsCsv(outcomes: readonly RunOutcome[]): string {
  const records = sortOutcomes(outcomes).flatMap(({ key, result }) =>
    (result?.histograms ?? []).map(({ minimum, maximum, counts }, layer) => {
      return [key, layer, minimum, maximum, ...HISTOGRAM_COUNTS.map((_, bin) => counts[bin])];
    })
  );
  return formatTable(HISTOGRAMS_TABLE, [], records);
}

/**
 * Reads the text of histograms.csv.
 *
 * @throws {UserError} If `histogramsCsv()` cannot have written it.
 */
export function readHistograms(text: string): HistogramRow[] {
  return parseTable(HISTOGRAMS_TABLE, text).map((row) => ({
    run: row.text("run"),
    layer: row.number("layer"),
    minimum: row.number("minimum"),
    maximum: row.number("maximum"),
    counts: HISTOGRAM_COUNTS.flatMap((column) => row.optionalNumber(column) ?? []),
  }));
}
