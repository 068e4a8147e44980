import { type Replicate, replicateName } from "../experiment/replicates.ts";
import { type Metric, metricColumn } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";

/** A run with measures, which enter its cell's means. */
export type CompletedRun = RunRow & { readonly measures: NonNullable<RunRow["measures"]> };

/**
 * Groups runs by cell: cells in order of first appearance, runs by ascending seed and fold.
 *
 * Sums over a cell's runs use this order, so that the order of lines does not change a mean.
 */
export function runsByCell(runs: readonly RunRow[]): Map<string, RunRow[]> {
  const cells = Map.groupBy(runs, ({ cell }) => cell);
  for (const members of cells.values()) members.sort(byReplicate);
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

/** The metric of the runs that have it, by replicate, in the order of the runs. */
export function metricByReplicate(runs: readonly RunRow[], metric: Metric): Map<string, number> {
  const column = metricColumn(metric);
  return new Map(
    runsWith(column, runs).map((run) => [replicateName(run), run.measures[column]]),
  );
}

/** Orders by seed, and then by fold. */
export function byReplicate(a: Replicate, b: Replicate): number {
  return a.seed - b.seed || (a.fold ?? 0) - (b.fold ?? 0);
}
