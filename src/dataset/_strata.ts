import { countOf } from "../format_number.ts";
import { UserError } from "../user_error.ts";
import type { Dataset } from "./dataset.ts";

/** What a split reads of a dataset: of `targets` and `classes`, only where it is stratified. */
export type SplitSource =
  & Pick<Dataset, "rows" | "checksum" | "splitting">
  & Partial<Pick<Dataset, "targets" | "classes">>;

/** Classes whose rows a split shares out. */
export interface Strata {
  /** (rows) of the dataset: the class of each. */
  readonly of: ArrayLike<number>;
  readonly names: readonly string[];
}

/** @throws {RangeError} If the dataset has no classes. */
export function strataOf({ targets, classes = [] }: SplitSource): Strata {
  if (!targets || classes.length === 0) throw new RangeError("Cannot stratify without classes");
  return { of: targets, names: classes };
}

/** All rows as one class. */
export function oneStratum({ rows }: SplitSource): Strata {
  return { of: new Uint8Array(rows), names: [""] };
}

/** How many of some rows belong to each class. */
export function countClasses(rows: Int32Array, { of, names }: Strata): number[] {
  const counts = names.map(() => 0);
  for (const row of rows) counts[of[row]]++;
  return counts;
}

/** Parts that each class needs a row in. */
export interface NeededParts {
  /** How many there are. */
  readonly count: number;
  /** What they are called: `parts`, `folds`. */
  readonly noun: string;
  /** Rows by the parts' names: `validation`. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** @throws {UserError} If some class cannot be in every part. */
export function checkStrata(
  counts: readonly number[],
  { names }: Strata,
  { count, noun, sizes }: NeededParts,
): void {
  const hint = "stratify: false draws rows whatever their class";
  const rare = counts.findIndex((rows) => rows > 0 && rows < count);
  if (rare >= 0) {
    const rows = countOf(counts[rare], "row");
    const message = `Cannot stratify class ${JSON.stringify(names[rare])} with ${rows}: ` +
      `each of ${count} ${noun} needs one`;
    throw new UserError({ message, hint });
  }
  const present = counts.filter((rows) => rows > 0).length;
  for (const [part, size] of Object.entries(sizes)) {
    if (size >= present) continue;
    const message = `Cannot stratify ${part} with ${countOf(size, "row")}: ` +
      `each of ${present} classes needs one`;
    throw new UserError({ message, hint });
  }
}
