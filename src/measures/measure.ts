/** The kinds of targets: classes, or quantities. */
export type Task = "classification" | "regression";

/** How values of a measure are formatted. */
export interface NumberFormat {
  /** True: a share, which reports show as a percentage. */
  readonly isPercent: boolean;
  /** Digits after the decimal point in reports, where many values are shown together. */
  readonly decimals: number;
  /** Digits after the decimal point of the raw value, where a single run is shown. */
  readonly fullDecimals: number;
}

/** A model's predictions for some rows, and the true targets. */
export interface Predictions {
  /** (rows, classes), row-major: class probabilities; (rows) for quantities. */
  readonly scores: Float64Array;
  /** (rows): class numbers, or quantities. */
  readonly targets: Int32Array | Float64Array;
  /** 1 for quantities. */
  readonly classes: number;
  /**
   * The natural logarithm, with the same bits on every machine: `Math.log` does not guarantee that.
   */
  readonly log: (x: number) => number;
}

/** One row of the table: all that the rest of regsweep knows about a measure. */
export interface Measure extends NumberFormat {
  /**
   * Its name in columns and in YAML, where the name of a part precedes it: `validation_accuracy`.
   */
  readonly key: string;
  /** Its name in reports, in the middle of a sentence. */
  readonly label: string;
  readonly tasks: readonly Task[];
  readonly better: "larger" | "smaller";
  /** The smallest and the largest possible value, as written in the CSV files. */
  readonly bounds: readonly [number, number];
  /** Its definition, to follow "is" in a sentence; reports print it. */
  readonly meaning: string;
  /** True: the share of rows that meet a condition, so that its values are multiples of 1/rows. */
  readonly isShareOfRows?: boolean;
  /** True: every run has it. Others are computed only if an experiment uses them. */
  readonly isDefault?: boolean;
  /** True: runs also record their best validation value, as `best_validation_…`. */
  readonly keepsBest?: boolean;
  compute(predictions: Predictions): number;
}
