import { countOf } from "../format_number.ts";
import { UserError } from "../user_error.ts";
import type { Dataset } from "./dataset.ts";

/** What a dataset says of its rows' classes. */
export type Labelled = Partial<Pick<Dataset, "targets" | "classes">>;

/** Classes that a split keeps apart: the dataset's, or one of all rows. */
export interface Strata {
  /** (rows) of the dataset: the class of each. */
  readonly of: ArrayLike<number>;
  readonly names: readonly string[];
}

/** @throws {RangeError} If the dataset has no classes. */
export function strataOf({ targets, classes = [] }: Labelled): Strata {
  if (!targets || classes.length === 0) throw new RangeError("Cannot stratify without classes");
  return { of: targets, names: classes };
}

/** How many of some rows belong to each class. */
export function countClasses(rows: Int32Array, { of, names }: Strata): number[] {
  const counts = names.map(() => 0);
  for (const row of rows) counts[of[row]]++;
  return counts;
}

/** What each class needs a row in. */
export interface Needed {
  /** Rows by name of the part: `validation`. */
  readonly parts: Readonly<Record<string, number>>;
  /** How many rows each class needs in all, and why: `each of 3 parts`. */
  readonly rows: number;
  readonly why: string;
}

/** @throws {UserError} If not every class can be in every part. */
export function checkStrata(counts: readonly number[], { names }: Strata, needed: Needed): void {
  const hint = "stratify: false draws rows whatever their class";
  const present = counts.filter((count) => count > 0).length;
  const rare = counts.findIndex((count) => count > 0 && count < needed.rows);
  if (rare >= 0) {
    const rows = countOf(counts[rare], "row");
    const message = `Cannot stratify class ${JSON.stringify(names[rare])} with ${rows}: ` +
      `${needed.why} needs one`;
    throw new UserError({ message, hint });
  }
  for (const [part, rows] of Object.entries(needed.parts)) {
    if (rows >= present) continue;
    const message = `Cannot stratify ${part} with ${countOf(rows, "row")}: ` +
      `each of ${present} classes needs one`;
    throw new UserError({ message, hint });
  }
}
