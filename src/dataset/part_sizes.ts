import { UserError } from "../user_error.ts";

/** The number of rows for training, for validation and for the test at the end. */
export interface PartSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * The number of rows in each part of a dataset: validation and test get their fractions of all
 * rows, rounded half up, and training gets the rest.
 *
 * @param split Fractions of all rows; they add up to 1.
 * @throws {UserError} If a part would have no rows, other than a test part of 0.
 */
export function partSizes(rows: number, split: PartSizes): PartSizes {
  const validation = Math.round(split.validation * rows);
  const test = Math.round(split.test * rows);
  const sizes = { train: rows - validation - test, validation, test };
  const parts = ["train", "validation", "test"] as const;
  const problems = parts.filter((part) => sizes[part] <= 0 && (part !== "test" || split.test > 0))
    .map((part) => `Cannot use ${part} ${split[part]} on ${rows} rows: at least one is required`);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return sizes;
}
