/**
 * The figures of one evaluation: the state before update `step`.
 *
 * Those of the `notebook` trainer are the notebook's own: its losses are no cross-entropy, training
 * figures are with dropout, and penalties are on another scale.
 */
export interface Evaluation {
  readonly step: number;
  /** Mean cross-entropy over the training rows: no penalties, dropout, noise or label smoothing. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** What the L1 and L2 penalties add to the loss. */
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

/** The weights that go into a unit, one per input. */
export interface UnitWeights {
  /** Its place in its layer, from 0. */
  readonly unit: number;
  readonly weights: readonly number[];
}

/** How a run's final model does on the test rows, with what its first layer looks for. */
export interface TestResult {
  /** Mean over the test rows of what the trainer's other losses are means of. */
  readonly loss: number;
  readonly accuracy: number;
  /** (classes, classes), row-major: rows of each class, by the class that they are taken for. */
  readonly confusion: readonly number[];
  /** `pictureUnits()` of the model. */
  readonly units: readonly UnitWeights[];
}

/** What one training gave: everything in it but `trainSeconds` is the same on every machine. */
export interface RunResult {
  /**
   * `diverged`: the loss became NaN or infinite. Training stopped there, but for the notebook's,
   * which goes on to the end: what counts is whether the last figures are finite.
   */
  readonly status: "completed" | "diverged";
  /**
   * Updates that made the final model. The curve goes on from there where early stopping restored
   * an earlier model than the last.
   */
  readonly steps: number;
  readonly evaluations: readonly Evaluation[];
  /** The first evaluation with the highest validation accuracy. */
  readonly bestStep: number;
  readonly bestValidationAccuracy: number;
  /** Σ|w| and √Σw² over all final weights, biases excluded. */
  readonly weightL1: number;
  readonly weightL2: number;
  /** One per parameter that has a histogram: of mlp and notebook, per layer of weights. */
  readonly histograms: readonly Histogram[];
  /** SHA-256 over the final weights and the curve, in hex. */
  readonly digest: string;
  readonly trainSeconds: number;
}
