/**
 * One evaluation: the state before update `step`.
 *
 * Losses of the `notebook` trainer are not cross-entropies, its training measures are with dropout,
 * and its penalties are on another scale.
 */
export interface Evaluation {
  readonly step: number;
  /**
   * By column: measures of the training and validation rows (`train_loss`, without penalties,
   * dropout, noise and label smoothing), and the trainer's own.
   */
  readonly measures: Readonly<Record<string, number>>;
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
  /** Common measures by key: `loss` is a mean of what the trainer's other losses are means of. */
  readonly measures: Readonly<Record<string, number>>;
  /** (classes, classes), row-major: rows of each class, by the class that they are taken for. */
  readonly confusion: readonly number[];
  /** `pictureUnits()` of the model. */
  readonly units: readonly UnitWeights[];
}

/** What one training gave: everything in it but `trainSeconds` is the same on every machine. */
export interface RunResult {
  /**
   * `diverged`: the loss became NaN or infinite. Training stopped there, but for the notebook's,
   * which goes on to the end: what counts is whether its last numbers are finite.
   */
  readonly status: "completed" | "diverged";
  /**
   * Updates that made the final model. The curve goes on from there where early stopping restored
   * an earlier model than the last.
   */
  readonly steps: number;
  readonly evaluations: readonly Evaluation[];
  /** The trainer's own measures of the final model, by column: `weight_l1`. */
  readonly measures: Readonly<Record<string, number>>;
  /** The first evaluation with the best validation value of the measure that keeps it. */
  readonly bestStep: number;
  /** Those values, by column: `best_validation_accuracy`. */
  readonly best: Readonly<Record<string, number>>;
  /** One per parameter that has a histogram: of mlp and notebook, per layer of weights. */
  readonly histograms: readonly Histogram[];
  /** SHA-256 over the final weights and the curve, in hex. */
  readonly digest: string;
  readonly trainSeconds: number;
}
