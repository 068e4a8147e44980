import type { Metric } from "../experiment/experiment.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import type { Comparison } from "./comparison.ts";

/**
 * Compares every other cell with the baseline, in the order in which the cells first appear.
 *
 * Runs are paired by seed: the two of a pair share split, initial weights and batches, so that what
 * these do to both drops out. A seed that did not complete in both is left out.
 */
export function compareWithBaseline(
  runs: readonly RunRow[],
  metric: Metric,
  baseline: string,
): Comparison[] {
  const cells = Map.groupBy(runs, ({ cell }) => cell);
  const reference = metricBySeed(cells.get(baseline) ?? [], metric);
  return [...cells].filter(([cell]) => cell !== baseline).map(([cell, rows]) => {
    const differences: number[] = [];
    for (const [seed, value] of metricBySeed(rows, metric)) {
      const paired = reference.get(seed);
      if (paired !== undefined) differences.push(value - paired);
    }
    const { mean, ciLow, ciHigh } = meanInterval(differences);
    return { cell, baseline, n: differences.length, meanDifference: mean, ciLow, ciHigh };
  });
}

/** The metric of the completed runs. */
function metricBySeed(rows: readonly RunRow[], metric: Metric): Map<number, number> {
  const values = new Map<number, number>();
  for (const { status, seed, figures } of rows) {
    if (status === "completed" && figures) values.set(seed, figures[metric]);
  }
  return values;
}
