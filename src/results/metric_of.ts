import type { Metric } from "../experiment/experiment.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { finalEvaluation } from "./final_evaluation.ts";

/** A run's figure that cells are compared by. */
export function metricOf(metric: Metric, result: RunResult): number {
  const final = finalEvaluation(result);
  switch (metric) {
    case "best_validation_accuracy":
      return result.bestValidationAccuracy;
    case "validation_accuracy":
      return final.validationAccuracy;
    case "validation_loss":
      return final.validationLoss;
    case "train_accuracy":
      return final.trainAccuracy;
    case "train_loss":
      return final.trainLoss;
  }
}
