/** How rows are split, and whether each seed draws a new split. */
export interface SplitOptions {
  /** Fractions of all rows; they add up to 1. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
}
