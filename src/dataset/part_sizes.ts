import { UserError } from "../user_error.ts";

/** How many rows are trained on, validated on and kept for the end. */
export interface PartSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * How many rows each part of a dataset gets: a fraction of all, rounded half up, and training what
 * is left.
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
    .map((part) => `Cannot use ${part} ${split[part]} on ${rows} rows: there must be one or more`);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return sizes;
}
