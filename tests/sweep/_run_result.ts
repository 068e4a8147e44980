import type { RunResult } from "../../src/trainers/run_result.ts";

/** A result that its seed tells apart, with one evaluation. */
export function runResult(seed: number, validationAccuracy = 0.5): RunResult {
  return {
    status: "completed",
    steps: 1,
    evaluations: [{
      step: 1,
      trainLoss: 1,
      trainAccuracy: 0.5,
      validationLoss: 1,
      validationAccuracy,
      penalty: 0,
      sparsity: 0,
    }],
    bestStep: 1,
    bestValidationAccuracy: validationAccuracy,
    weightL1: 1,
    weightL2: 1,
    histograms: [],
    digest: `digest of ${seed}`,
    trainSeconds: 0.001,
  };
}

/** Stands for the data of a training that had none. */
export function noData(): never {
  throw new Error("This training has no data");
}
