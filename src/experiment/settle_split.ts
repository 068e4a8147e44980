import type { SplitOptions, WrittenSplit } from "../dataset/split_options.ts";
import type { Task } from "../measures/measure.ts";
import { type Place, UserError } from "../user_error.ts";

const FRACTIONS = { train: 0.6, validation: 0.2, test: 0.2 };
/** Where the test rows are in a file of their own. */
const FRACTIONS_WITHOUT_TEST = { train: 0.75, validation: 0.25, test: 0 };

/** What a split depends on besides its own options. */
export interface SplitContext {
  readonly task: Task;
  /** Whether test rows come from a file of their own. */
  readonly hasTestFile?: boolean;
  /** Where the split is written. */
  readonly place: Place;
}

/**
 * Decides what a split leaves open.
 *
 * Parts of 0.6, 0.2 and 0.2, drawn anew for each seed, unless rows are ordered or say their parts.
 * Each class has its share in each part if there are classes and rows are drawn. With folds, only the
 * test fraction is free: validation is a fold, and training the others.
 *
 * @throws {UserError} If it asks for shares of classes of a table that has none.
 */
export function settleSplit(
  written: WrittenSplit = {},
  { task, hasTestFile = false, place }: SplitContext,
): SplitOptions {
  const { stratify, ...others } = written;
  if (stratify && task !== "classification") {
    const message = "Cannot use stratify: the target is a quantity, which has no classes";
    throw new UserError({ message, place });
  }
  const { folds, time, column } = others;
  if (column !== undefined) {
    return { train: 0, validation: 0, test: 0, resplit: false, column };
  }
  const defaults = hasTestFile ? FRACTIONS_WITHOUT_TEST : FRACTIONS;
  const { test = defaults.test } = others;
  const rest = 1 - test;
  const fractions = folds === undefined
    ? defaults
    : { train: rest * (folds - 1) / folds, validation: rest / folds, test };
  const isStratified = stratify ?? (task === "classification" && time === undefined);
  return {
    ...fractions,
    resplit: time === undefined,
    ...others,
    ...isStratified && { stratify: true },
  };
}
