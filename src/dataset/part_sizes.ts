import { UserError } from "../user_error.ts";

/** The number of rows for training, for validation and for the test at the end. */
export interface PartSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * The number of rows in each part of a dataset: validation and test get their fractions of all
 * rows, rounded half up, and training gets the rest. With folds, validation gets one of them, on
 * average, rounded.
 *
 * Whole groups and equal times make parts that have more or fewer rows.
 *
 * @param split Fractions of all rows; they add up to 1.
 * @throws {UserError} If a part would have no rows, other than a test part of 0.
 */
export function partSizes(
  rows: number,
  { folds, ...split }: PartSizes & { readonly folds?: number },
): PartSizes {
  const test = Math.round(split.test * rows);
  if (folds !== undefined) {
    const rest = rows - test;
    const fold = { train: rest - Math.round(rest / folds), validation: Math.round(rest / folds) };
    if (rest >= folds && (test > 0 || split.test === 0)) return { ...fold, test };
    const message = `Cannot use folds ${folds} on ${rows} rows: each needs one` +
      (split.test > 0 ? `, and so does test ${split.test}` : "");
    throw new UserError(message);
  }
  const validation = Math.round(split.validation * rows);
  const sizes = { train: rows - validation - test, validation, test };
  const parts = ["train", "validation", "test"] as const;
  const problems = parts.filter((part) => sizes[part] <= 0 && (part !== "test" || split.test > 0))
    .map((part) => `Cannot use ${part} ${split[part]} on ${rows} rows: at least one is required`);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return sizes;
}
