import type { HistogramRow, RunRow } from "../../results/run_row.ts";
import { toShown } from "../estimate.ts";
import type { ReportInput } from "../report_input.ts";

/** The distribution of a layer's weights, in equal bins from the smallest to the largest. */
export interface WeightShares {
  /** Where bins begin, and where the last one ends. */
  readonly edges: readonly number[];
  /** By bin, the mean over the runs of its share of the weights, in percent. */
  readonly shares: readonly number[];
}

/**
 * Histograms of cells' final weights, by cell and then by layer, averaged over their completed runs.
 * Bins go from the smallest weight of all these runs to the largest; a run's own bins are divided
 * among those that they overlap.
 *
 * @returns Cells without a completed run are left out.
 */
export function weightShares(
  { runs, histograms }: Pick<ReportInput, "runs" | "histograms">,
  cells: readonly string[],
): Map<string, WeightShares[]> {
  const histogramsOf = Map.groupBy(histograms, ({ run }) => run);
  const runsOf = Map.groupBy(runs.filter(isCompleted), ({ cell }) => cell);
  return new Map(cells.flatMap((cell) => {
    const rows = (runsOf.get(cell) ?? []).flatMap(({ run }) => histogramsOf.get(run) ?? []);
    const layers = Map.groupBy(rows, ({ layer }) => layer);
    if (layers.size === 0) return [];
    return [[
      cell,
      [...layers.keys()].sort((a, b) => a - b)
        .map((layer) => meanShares(layers.get(layer) ?? [])),
    ]] as const;
  }));
}

function isCompleted({ status }: RunRow): boolean {
  return status === "completed";
}

function meanShares(histograms: readonly HistogramRow[]): WeightShares {
  const bins = histograms[0].counts.length;
  const low = histograms.reduce((least, { minimum }) => Math.min(least, minimum), Infinity);
  const high = histograms.reduce((most, { maximum }) => Math.max(most, maximum), -Infinity);
  const edges = Array.from({ length: bins + 1 }, (_, bin) => low + (high - low) * bin / bins);
  const shares = new Array<number>(bins).fill(0);
  for (const { minimum, maximum, counts } of histograms) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const width = (maximum - minimum) / bins;
    for (const [place, count] of counts.entries()) {
      const from = minimum + place * width;
      // If all weights are equal, they are in the first bin, which has no width.
      const parts = width > 0
        ? edges.slice(0, bins).map((edge, bin) =>
          overlap([from, from + width], [edge, edges[bin + 1]])
        )
        : edges.slice(0, bins).map((_, bin) => bin === binOf(from, low, high, bins) ? 1 : 0);
      parts.forEach((part, bin) => shares[bin] += 100 * part * count / total / histograms.length);
    }
  }
  return { edges: edges.map(toShown), shares: shares.map(toShown) };
}

/** Which share of a bin lies in another. */
function overlap([start, end]: Ends, [low, high]: Ends): number {
  return Math.max(0, Math.min(end, high) - Math.max(start, low)) / (end - start);
}

function binOf(value: number, low: number, high: number, bins: number): number {
  return high > low ? Math.min(Math.floor((value - low) / (high - low) * bins), bins - 1) : 0;
}

type Ends = readonly [number, number];
