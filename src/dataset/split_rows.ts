import { drawRows } from "./_draw_rows.ts";
import { checkStrata, countClasses, type Labelled, strataOf } from "./_strata.ts";
import type { Dataset } from "./dataset.ts";
import { type PartSizes, partSizes } from "./part_sizes.ts";
import type { SplitOptions } from "./split_options.ts";

/** Row numbers of a dataset, from 0, ascending in each part; every row is in one part. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits a dataset's rows at random.
 *
 * Test rows depend only on the dataset, so that all runs of an experiment have the same ones. The
 * rest is split into training and validation rows by the seed if `resplit` is set, else by the
 * dataset.
 *
 * With `stratify`, the parts have as many rows as without, and validation and test have each class's
 * share of them, by the largest remainder: at most one row more or less than the share, and at least
 * one row, which makes a class with a share below one row more frequent there.
 *
 * @throws {UserError} If a part would have no rows, other than a test part of 0, or with `stratify`
 * none of some class.
 */
export function splitRows(
  dataset: Pick<Dataset, "rows" | "checksum"> & Labelled,
  split: SplitOptions,
  seed: number,
): Split {
  const { rows, checksum } = dataset;
  const sizes = partSizes(rows, split);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const strata = split.stratify ? strataIn(dataset, all, sizes) : undefined;
  const [test, rest] = drawRows(all, sizes.test, `${checksum}/test`, strata?.(2));
  const stream = `${split.resplit ? seed : checksum}/split`;
  const [validation, train] = drawRows(rest, sizes.validation, stream, strata?.(1));
  return { train, validation, test };
}

/** The classes of rows to split, for parts after which `others` more are drawn. */
function strataIn(dataset: Labelled, rows: Int32Array, sizes: PartSizes) {
  const of = strataOf(dataset);
  const totals = countClasses(rows, of);
  const parts = Object.fromEntries(Object.entries(sizes).filter(([, size]) => size > 0));
  const needed = Object.keys(parts).length;
  checkStrata(totals, of, { parts, rows: needed, why: `each of ${needed} parts` });
  return (others: number) => ({ of, totals, others });
}
