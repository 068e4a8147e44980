/** What is subtracted from a number column's values, and what they are divided by. */
export const STANDARDIZATIONS = ["global", "feature", "robust", "none"] as const;
export type Standardization = typeof STANDARDIZATIONS[number];

/** What stands for a missing cell. */
export const IMPUTATIONS = ["median", "mean", "most_frequent", "zero"] as const;
export type Imputation = typeof IMPUTATIONS[number];

/** What is done about missing cells; with `drop_rows`, a dataset is read without their rows. */
export const GAP_CHOICES = [...IMPUTATIONS, "drop_rows"] as const;
export type GapChoice = typeof GAP_CHOICES[number];

/** How rows become a model's inputs; a part of a training task. */
export interface PreparationOptions {
  readonly standardize: Standardization;
  /** Median if not given; changes nothing where no cell is missing. */
  readonly impute?: Imputation;
}
