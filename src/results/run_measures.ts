import { type Metric, metricColumn } from "../measures/metrics.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";

/** The evaluation of a run's final model, or the last one before it. */
export function finalEvaluation({ steps, evaluations }: RunResult): Evaluation {
  return evaluations.findLast(({ step }) => step <= steps) ?? evaluations[evaluations.length - 1];
}

/** All measures of a run's final model and of the run as a whole, by their columns in runs.csv. */
export function runMeasures(result: RunResult): Record<string, number> {
  const { steps, bestStep, best, measures } = result;
  return {
    steps,
    ...finalEvaluation(result).measures,
    ...best,
    "best_step": bestStep,
    ...measures,
  };
}

/** The value of the metric for one run; NaN if it was not measured. */
export function metricOf(metric: Metric, result: RunResult): number {
  const column = metricColumn(metric);
  return result.best[column] ?? finalEvaluation(result).measures[column] ??
    result.measures[column] ?? NaN;
}

/** Picks measures in the order of the columns, equal to those read back from the file. */
export function pickColumns(
  measures: Readonly<Record<string, number>>,
  columns: readonly string[],
): Record<string, number> {
  const picked: Record<string, number> = {};
  for (const column of columns) {
    // CSV files write -0 as 0.
    if (measures[column] !== undefined) picked[column] = measures[column] + 0;
  }
  return picked;
}
