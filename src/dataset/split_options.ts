/**
 * How rows are split, and whether each seed draws a new split.
 *
 * Part of each run's key. What the first version did not do is absent unless it is done, so that keys
 * of its runs stay what they are.
 */
export interface SplitOptions {
  /** Fractions of all rows; they add up to 1. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
  /** Each class has its share of each part. */
  readonly stratify?: true;
}

/** A split as an experiment file has it: what it does not say is told from the dataset. */
export type WrittenSplit = Partial<Omit<SplitOptions, "stratify">> & {
  readonly stratify?: boolean;
};
