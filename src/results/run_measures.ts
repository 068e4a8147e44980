import { type Metric, metricColumn } from "../measures/metrics.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import { isWhole, type KeptResult } from "./run_summary.ts";

/** The evaluation of a run's final model, or the last one before it. */
export function finalEvaluation({ steps, evaluations }: RunResult): Evaluation {
  return evaluations.findLast(({ step }) => step <= steps) ?? evaluations[evaluations.length - 1];
}

/** All measures of a run's final model and of the run as a whole, by their columns in runs.csv. */
export function runMeasures(result: KeptResult): Record<string, number> {
  const { steps, bestStep, best, measures } = result;
  return {
    steps,
    ...finalMeasures(result),
    ...best,
    "best_step": bestStep,
    ...measures,
  };
}

/** The value of the metric for one run; NaN if it was not measured. */
export function metricOf(metric: Metric, result: KeptResult): number {
  const column = metricColumn(metric);
  return result.best[column] ?? finalMeasures(result)[column] ?? result.measures[column] ?? NaN;
}

function finalMeasures(result: KeptResult): Readonly<Record<string, number>> {
  return isWhole(result) ? finalEvaluation(result).measures : result.final;
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
