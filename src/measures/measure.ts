/** What is predicted: one of some classes, or a quantity. */
export type Task = "classification" | "regression";

export const TASKS = ["classification", "regression"] as const satisfies Task[];

/** What a target of each kind holds, in words. */
export const TARGETS: Readonly<Record<Task, string>> = {
  classification: "classes",
  regression: "quantities",
};

/** How values of a measure are formatted. */
export interface NumberFormat {
  /** True: a share, which reports show as a percentage. */
  readonly isPercent: boolean;
  /** Digits after the decimal point in reports, where many values are shown together. */
  readonly decimals: number;
  /** Digits after the decimal point of the raw value, where a single run is shown. */
  readonly fullDecimals: number;
  /**
   * True: values can be of any size, and have as many digits as they need; the two above are those of
   * values around 1.
   */
  readonly hasAnySize?: boolean;
  /** What follows values, if they have a unit that is known. */
  readonly unit?: string;
}

/** How many rows a model predicts right, by class: all that some measures need to know. */
export interface ClassCounts {
  /** (classes): rows of each class. */
  readonly actual: number[];
  /** (classes): rows that are predicted as each class. */
  readonly predicted: number[];
  /** (classes): rows of each class that are predicted as it. */
  readonly correct: number[];
}

/** A model's predictions for some rows, and the true targets. */
export interface Predictions {
  /**
   * (rows, classes), row-major: class probabilities; (rows) for quantities. Empty where only
   * measures that need no probabilities are computed of classes.
   */
  readonly scores: Float64Array;
  /** (rows): class numbers, or quantities. */
  readonly targets: Int32Array | Float64Array;
  /** 1 for quantities. */
  readonly classes: number;
  /** The class that measures of one of two classes are of; the second if not given. */
  readonly positive?: number;
  /** What the predicted classes are; counted from the scores if not given. */
  readonly counts?: ClassCounts;
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
  /**
   * Its definition, to follow "is" in a sentence; reports print it. By task where the definitions
   * differ.
   */
  readonly meaning: string | Readonly<Record<Task, string>>;
  /** True: values are in units of the target, or in their squares. */
  readonly hasTargetUnits?: boolean;
  /** True: the share of rows that meet a condition, so that its values are multiples of 1/rows. */
  readonly isShareOfRows?: boolean;
  /** True: every run of its tasks has it, and result files show it unasked. */
  readonly isDefault?: boolean;
  /**
   * True: every run of its tasks records it, so that a later wish for it trains nothing. It takes
   * little time beside the pass of the rows: of classes, it needs the counts and no probabilities.
   * The others are computed only if an experiment uses them.
   */
  readonly isCheap?: boolean;
  /** True: it is defined for two classes only. */
  readonly needsTwoClasses?: boolean;
  /** True: runs also record their best validation value, as `best_validation_…`. */
  readonly keepsBest?: boolean;
  /** NaN where it is not defined for these rows. */
  compute(predictions: Predictions): number;
}
