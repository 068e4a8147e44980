/** How rows are divided, and what is drawn anew for each seed. */
export interface SplitOptions {
  /** Fractions of all rows; they add up to 1. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** True if each seed draws its own training and validation rows. */
  readonly resplit: boolean;
}

/** Which mean and deviation a feature is standardized with. */
export const STANDARDIZATIONS = ["global", "feature", "none"] as const;
export type Standardization = typeof STANDARDIZATIONS[number];
