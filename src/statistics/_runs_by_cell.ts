import type { Metric } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";

/** A run that has the measures that its cell's means are made from. */
export type CompletedRun = RunRow & { readonly measures: NonNullable<RunRow["measures"]> };

/**
 * Runs by cell: cells in order of first appearance, runs by ascending seed.
 *
 * Sums over a cell's runs are taken in this order, so that no order of lines changes a mean.
 */
export function runsByCell(runs: readonly RunRow[]): Map<string, RunRow[]> {
  const cells = Map.groupBy(runs, ({ cell }) => cell);
  for (const members of cells.values()) members.sort((a, b) => a.seed - b.seed);
  return cells;
}

/** The runs that ended with a result that is neither NaN nor infinite. */
export function completedRuns(runs: readonly RunRow[]): CompletedRun[] {
  return runs.filter((run): run is CompletedRun =>
    run.status === "completed" && run.measures !== undefined
  );
}

/** The metric of the completed runs, by seed, in the order of the runs. */
export function metricBySeed(runs: readonly RunRow[], metric: Metric): Map<number, number> {
  return new Map(completedRuns(runs).map(({ seed, measures }) => [seed, measures[metric]]));
}
