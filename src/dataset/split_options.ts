/**
 * How rows are split, and whether each seed draws a new split.
 *
 * Part of each run's key. What the first version did not do is absent unless it is done, so that keys
 * of its runs stay what they are.
 */
export interface SplitOptions {
  /**
   * Fractions of the rows; they add up to 1. With test rows from a file of their own, `test` is 0;
   * with `column`, which says the parts, all are 0.
   */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
  /** Each class has its share of each part. */
  readonly stratify?: true;
  /** The column of groups that stay whole: none has rows in two parts. */
  readonly group?: string;
  /** The column of times: validation rows are later than training rows, and test rows than both. */
  readonly time?: string;
  /** How many runs share a seed's shuffle; each validates on one of as many folds. */
  readonly folds?: number;
  /** The column that says each row's part. */
  readonly column?: string;
}

/** A split as an experiment file has it: the dataset decides what it does not say. */
export type WrittenSplit = Partial<Omit<SplitOptions, "stratify">> & {
  readonly stratify?: boolean;
};
