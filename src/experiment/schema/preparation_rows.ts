import { IMPUTATIONS, STANDARDIZATIONS } from "../../dataset/preparation_options.ts";
import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import type { Trainer } from "../../trainers/trainer.ts";

/**
 * How rows become inputs, as keys of the grid. They belong to no trainer: those that prepare rows
 * themselves take none of them, and all others take both.
 */
export const PREPARATION_ROWS: readonly Hyperparameter[] = [
  {
    key: "standardize",
    type: "word",
    shape: "scalar",
    words: STANDARDIZATIONS,
    default: "feature",
    // Words are never drawn from Sobol's sequence.
    sobolDimension: 0,
    label: "Standardization",
    help: "what numbers are shifted and divided by, where it is not the dataset's",
  },
  {
    key: "impute",
    type: "word",
    shape: "scalar",
    words: IMPUTATIONS,
    default: "median",
    sobolDimension: 0,
    label: "Imputation",
    help: "what stands for a missing cell, where it is not the dataset's",
  },
];

/** The row of such a key; undefined for other keys. */
export function preparationRow(key: string): Hyperparameter | undefined {
  return PREPARATION_ROWS.find((row) => row.key === key);
}

/** Whether a trainer leaves the preparation of rows to the experiment. */
export function takesPreparation({ ownSplit }: Pick<Trainer, "ownSplit">): boolean {
  return ownSplit === undefined;
}
