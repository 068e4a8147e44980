import type { Dataset } from "../../src/dataset/dataset.ts";

/** What a split reads of a dataset. */
export type MadeRows = Pick<Dataset, "rows" | "checksum" | "targets" | "classes">;

/** A dataset without columns whose rows have these classes, by their indices. */
export function madeRows(targets: readonly number[], checksum = "a"): MadeRows {
  const shared = new Float64Array(new SharedArrayBuffer(8 * targets.length));
  shared.set(targets);
  const classes = Array.from({ length: Math.max(-1, ...targets) + 1 }, (_, index) => `c${index}`);
  return { rows: targets.length, checksum, targets: shared, classes };
}

/** Classes of some rows by their numbers of rows: `[2, 1]` is two rows of class 0 and one of 1. */
export function classesOf(counts: readonly number[]): number[] {
  return counts.flatMap((count, index) => Array.from({ length: count }, () => index));
}

/** How many of some rows have each class. */
export function countsIn(part: Int32Array, { targets, classes }: MadeRows): number[] {
  return classes.map((_, index) => part.filter((row) => targets[row] === index).length);
}
