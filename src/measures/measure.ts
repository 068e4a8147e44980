/** The kinds of targets: classes, or quantities. */
export type Task = "classification" | "regression";

/** How numbers of one kind are written. */
export interface NumberFormat {
  /** True: a share, which reports show in percent. */
  readonly isPercent: boolean;
  /** Digits after the point as reports show it, where many values stand together. */
  readonly decimals: number;
  /** Digits after the point of the number itself, where one run is followed. */
  readonly fullDecimals: number;
}

/** What a model makes of some rows, and what it should have made of them. */
export interface Predictions {
  /** (rows, classes), row-major: class probabilities; (rows) for quantities. */
  readonly scores: Float64Array;
  /** (rows): class numbers, or quantities. */
  readonly targets: Int32Array | Float64Array;
  /** 1 for quantities. */
  readonly classes: number;
  /** The natural logarithm, with the same bits on every machine: `Math.log` does not promise that. */
  readonly log: (x: number) => number;
}

/** One row of the table: all that the rest of regsweep knows of a measure. */
export interface Measure extends NumberFormat {
  /** In columns and in YAML, behind the part that it is of: `validation_accuracy`. */
  readonly key: string;
  /** What reports call it, in the middle of a sentence. */
  readonly label: string;
  readonly tasks: readonly Task[];
  readonly better: "larger" | "smaller";
  /** What no value is beyond, as it is in the CSV files. */
  readonly bounds: readonly [number, number];
  /** What it is, after "is"; reports print it. */
  readonly meaning: string;
  /** True: its steps are rows, each of which weighs the same. */
  readonly isShareOfRows?: boolean;
  /** True: every run has it. Others are computed only where an experiment asks for them. */
  readonly isDefault?: boolean;
  /** True: runs keep the best of their validation values too, as `best_validation_…`. */
  readonly keepsBest?: boolean;
  compute(predictions: Predictions): number;
}
