/** The figures of one evaluation: the state before update `step`. */
export interface Evaluation {
  readonly step: number;
  /** Mean cross-entropy over the training rows, without penalties, without dropout. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** What the regularizers add to the loss. */
  readonly penalty: number;
  /** Share of weights (not biases) that are exactly 0. */
  readonly sparsity: number;
}

/** Counts of a layer's weights in equal bins from the smallest to the largest. */
export interface Histogram {
  readonly minimum: number;
  readonly maximum: number;
  readonly counts: readonly number[];
}

/** What one training gave: everything in it but `trainSeconds` is the same on every machine. */
export interface RunResult {
  /** `diverged`: the loss became NaN or infinite and training stopped there. */
  readonly status: "completed" | "diverged";
  /** Updates that were done. */
  readonly steps: number;
  readonly evaluations: readonly Evaluation[];
  /** The first evaluation with the highest validation accuracy. */
  readonly bestStep: number;
  readonly bestValidationAccuracy: number;
  /** Σ|w| and √Σw² over all final weights, biases excluded. */
  readonly weightL1: number;
  readonly weightL2: number;
  /** One per layer, first to last. */
  readonly histograms: readonly Histogram[];
  /** SHA-256 over the final weights and the curve, in hex. */
  readonly digest: string;
  readonly trainSeconds: number;
}
