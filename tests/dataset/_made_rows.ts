import type { Dataset } from "../../src/dataset/dataset.ts";
import type { Split } from "../../src/dataset/split_rows.ts";

/** What a split reads of a dataset. */
export type MadeRows = Pick<Dataset, "rows" | "checksum" | "targets" | "classes" | "splitting">;

/** What the rows of a dataset are. */
export interface RowLists {
  /** Indices of classes; as many as there are rows. */
  readonly targets: readonly number[];
  readonly groups?: readonly number[];
  readonly times?: readonly number[];
  /** 0 free, 1 train, 2 validation, 3 test. */
  readonly parts?: readonly number[];
}

/** A dataset without columns, with these rows. */
export function madeRows({ targets, groups, times, parts }: RowLists, checksum = "a"): MadeRows {
  const classes = Array.from({ length: Math.max(-1, ...targets) + 1 }, (_, index) => `c${index}`);
  return {
    rows: targets.length,
    checksum,
    targets: filled(new Float64Array(new SharedArrayBuffer(8 * targets.length)), targets),
    classes,
    splitting: {
      groups: groups && filled(new Int32Array(new SharedArrayBuffer(4 * groups.length)), groups),
      times: times && filled(new Float64Array(new SharedArrayBuffer(8 * times.length)), times),
      parts: parts && filled(new Uint8Array(new SharedArrayBuffer(parts.length)), parts),
    },
  };
}

function filled<T extends { set(values: readonly number[]): void }>(
  array: T,
  values: readonly number[],
): T {
  array.set(values);
  return array;
}

/** Classes of some rows by their numbers of rows: `[2, 1]` is two rows of class 0 and one of 1. */
export function classesOf(counts: readonly number[]): number[] {
  return counts.flatMap((count, index) => Array.from({ length: count }, () => index));
}

/** How many of some rows have each class. */
export function countsIn(part: Int32Array, { targets, classes }: MadeRows): number[] {
  return classes.map((_, index) => part.filter((row) => targets[row] === index).length);
}

/** Every row of a split once, in order. */
export function rowsIn({ train, validation, test }: Split): number[] {
  return [...train, ...validation, ...test].sort((a, b) => a - b);
}

/** The numbers from 0. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
