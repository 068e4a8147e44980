import type { Cell, Experiment } from "../experiment/experiment.ts";
import { isLargerBetter, type Metric } from "../measures/metrics.ts";
import { metricOf } from "../results/run_measures.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import { RunningMean } from "../statistics/mean.ts";

/** How a cell does. */
export interface Standing {
  readonly cell: Cell;
  /** Number of its runs that have a value. */
  readonly n: number;
  /** Absent if none of its runs has a value. */
  readonly mean?: number;
  /** True if all of its runs have a value. */
  readonly isWhole: boolean;
}

/**
 * How an experiment's cells do, in their order.
 *
 * @param values The metric of each of a cell's runs, by the cell's index; NaN of a run that has none.
 */
export function standingsOf(
  { cells }: Pick<Experiment, "cells">,
  values: ReadonlyMap<number, readonly number[]>,
): Standing[] {
  return cells.map((cell): Standing => {
    const own = values.get(cell.index) ?? [];
    const running = new RunningMean();
    for (const value of own) if (!Number.isNaN(value)) running.add(value);
    const { n } = running;
    const mean = n > 0 ? running.mean : undefined;
    return { cell, n, mean, isWhole: n === own.length };
  });
}

/** The metric of each cell's runs, by the cell's index; NaN of runs that diverged or failed. */
export function valuesOf(
  outcomes: readonly KeptOutcome[],
  metric: Metric,
): ReadonlyMap<number, readonly number[]> {
  const values = new Map<number, number[]>();
  for (const { cell, result } of outcomes) {
    const own = values.get(cell.index) ?? [];
    values.set(cell.index, own);
    own.push(result?.status === "completed" ? metricOf(metric, result) : NaN);
  }
  return values;
}

/** How good a mean is: larger is better; -Infinity if there is none. */
export function meritOf({ mean }: Pick<Standing, "mean">, metric: Metric): number {
  if (mean === undefined) return -Infinity;
  return isLargerBetter(metric) ? mean : -mean;
}
