/**
 * One evaluation of the model, before update `step`.
 *
 * The losses of the `notebook` trainer are not cross-entropies, its training measures include
 * dropout, and its penalties have another scale.
 */
export interface Evaluation {
  /** How many updates there had been. */
  readonly step: number;
  /**
   * By column: measures of the training and validation rows (such as `train_loss`, computed without
   * penalties, dropout, noise and label smoothing), and the trainer's own measures.
   */
  readonly measures: Readonly<Record<string, number>>;
}

/** Counts of a layer's weights in equal bins from the smallest to the largest. */
export interface Histogram {
  /** The smallest weight. */
  readonly minimum: number;
  /** The largest one. */
  readonly maximum: number;
  /** One per bin. */
  readonly counts: readonly number[];
}

/** The incoming weights of a unit, one per input. */
export interface UnitWeights {
  /** Its index in its layer, from 0. */
  readonly unit: number;
  readonly weights: readonly number[];
}

/** The results of a run's final model on the test rows, with weights of its first layer. */
export interface TestResult {
  /** Common measures by key: `loss` is the mean of the same term as the trainer's other losses. */
  readonly measures: Readonly<Record<string, number>>;
  /**
   * (classes, classes), row-major: the number of rows by true class, then by predicted class. Present
   * for classes.
   */
  readonly confusion?: readonly number[];
  /** The predicted quantities of the test rows, in the rows' order. Present for quantities. */
  readonly predictions?: readonly number[];
  /** The result of `pictureUnits()` for the model. */
  readonly units: readonly UnitWeights[];
}

/**
 * The result of one training: everything in it except `trainSeconds` is the same on every machine.
 */
export interface RunResult {
  /**
   * `diverged`: the loss became NaN or infinite. Training stopped there. The notebook trainer
   * instead continues to the end and checks whether its last losses and sums are finite.
   */
  readonly status: "completed" | "diverged";
  /**
   * The number of updates of the final model. The curve continues past it if early stopping
   * restored an earlier model.
   */
  readonly steps: number;
  /** The points of the curve. */
  readonly evaluations: readonly Evaluation[];
  /** The trainer's own measures of the final model, by column: `weight_l1`. */
  readonly measures: Readonly<Record<string, number>>;
  /**
   * The step of the first evaluation with the best validation value of the first measure that keeps
   * it.
   */
  readonly bestStep: number;
  /** The best values, by column: `best_validation_accuracy`. */
  readonly best: Readonly<Record<string, number>>;
  /** One per parameter with a histogram: for mlp and notebook, one per layer of weights. */
  readonly histograms: readonly Histogram[];
  /** SHA-256 over the final weights and the curve, in hex. */
  readonly digest: string;
  /** How long training took, in seconds. */
  readonly trainSeconds: number;
}
