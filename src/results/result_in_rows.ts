import type { RunResult } from "../trainers/run_result.ts";
import type { RunRows } from "./run_difference.ts";

/**
 * The result that a run's lines of runs.csv, curves.csv and histograms.csv were written from, as far
 * as they tell of it: to write it again gives the same lines. Nothing for a run that failed, or has
 * no curve.
 */
export function resultInRows(
  { row, curve, histograms = [] }: RunRows,
): RunResult | undefined {
  const { status, figures, digest } = row;
  if (status === "failed" || !figures || digest === undefined || curve.length === 0) {
    return undefined;
  }
  return {
    status,
    steps: figures.steps,
    evaluations: curve.map(({ step, figures }) => ({
      step,
      trainLoss: figures.train_loss,
      trainAccuracy: figures.train_accuracy,
      validationLoss: figures.validation_loss,
      validationAccuracy: figures.validation_accuracy,
      penalty: figures.penalty,
      sparsity: figures.sparsity,
    })),
    bestStep: figures.best_step,
    bestValidationAccuracy: figures.best_validation_accuracy,
    weightL1: figures.weight_l1,
    weightL2: figures.weight_l2,
    histograms: histograms.map(({ minimum, maximum, counts }) => ({ minimum, maximum, counts })),
    digest,
    trainSeconds: 0,
  };
}
