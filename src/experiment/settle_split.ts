import type { SplitOptions, WrittenSplit } from "../dataset/split_options.ts";
import type { Task } from "../measures/measure.ts";
import { type Place, UserError } from "../user_error.ts";

const FRACTIONS = { train: 0.6, validation: 0.2, test: 0.2 };

/**
 * Decides what a split leaves open: parts of 0.6, 0.2 and 0.2, drawn anew for each seed, and each
 * class's share in each part if there are classes.
 *
 * @param place Where the split is written.
 * @throws {UserError} If it asks for shares of classes of a table that has none.
 */
export function settleSplit(written: WrittenSplit = {}, task: Task, place: Place): SplitOptions {
  const { stratify = task === "classification", ...others } = written;
  if (stratify && task !== "classification") {
    const message = "Cannot use stratify: the target is a quantity, which has no classes";
    throw new UserError({ message, place });
  }
  return { ...FRACTIONS, resplit: true, ...others, ...stratify && { stratify } };
}
