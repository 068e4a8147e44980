import type { Metric } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";

/** A run with measures, which enter its cell's means. */
export type CompletedRun = RunRow & { readonly measures: NonNullable<RunRow["measures"]> };

/**
 * Groups runs by cell: cells in order of first appearance, runs by ascending seed.
 *
 * Sums over a cell's runs use this order, so that the order of lines does not change a mean.
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

/** The completed runs for which a measure is defined: the rows of a run can leave it NaN. */
export function runsWith(column: string, runs: readonly RunRow[]): CompletedRun[] {
  return completedRuns(runs).filter(({ measures }) => !Number.isNaN(measures[column]));
}

/** The metric of the completed runs for which it is defined, by seed, in the order of the runs. */
export function metricBySeed(runs: readonly RunRow[], metric: Metric): Map<number, number> {
  return new Map(runsWith(metric, runs).map(({ seed, measures }) => [seed, measures[metric]]));
}
