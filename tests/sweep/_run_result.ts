import type { RunResult } from "../../src/trainers/run_result.ts";

/** A result that its seed tells apart, with one evaluation. */
export function runResult(seed: number, validationAccuracy = 0.5): RunResult {
  return {
    status: "completed",
    steps: 1,
    evaluations: [{
      step: 1,
      measures: {
        "train_loss": 1,
        "train_accuracy": 0.5,
        "validation_loss": 1,
        "validation_accuracy": validationAccuracy,
        penalty: 0,
        sparsity: 0,
      },
    }],
    measures: { "weight_l1": 1, "weight_l2": 1 },
    bestStep: 1,
    best: { "best_validation_accuracy": validationAccuracy },
    histograms: [],
    digest: `digest of ${seed}`,
    trainSeconds: 0.001,
  };
}

/** Stands for the data of a training that had none. */
export function noData(): never {
  throw new Error("This training has no data");
}
