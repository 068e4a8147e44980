import { randomStream, shuffle } from "../random_stream.ts";
import type { Dataset } from "./dataset.ts";
import { partSizes } from "./part_sizes.ts";
import type { SplitOptions } from "./split_options.ts";

/** Row numbers of a dataset, from 0, ascending in each part; every row is in one part. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Splits a dataset's rows by an unstratified shuffle.
 *
 * Test rows depend only on the dataset, so that all runs of an experiment have the same ones. The
 * rest is split into training and validation rows by the seed if `resplit` is set, else by the
 * dataset.
 *
 * @throws {UserError} If a part would have no rows, other than a test part of 0.
 */
export function splitRows(
  dataset: Pick<Dataset, "rows" | "checksum">,
  split: SplitOptions,
  seed: number,
): Split {
  const { rows, checksum } = dataset;
  const sizes = partSizes(rows, split);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const [test, rest] = draw(all, sizes.test, `${checksum}/test`);
  const stream = `${split.resplit ? seed : checksum}/split`;
  const [validation, train] = draw(rest, sizes.validation, stream);
  return { train, validation, test };
}

/** Draws `count` of the rows at random; returns the drawn rows and the rest, both ascending. */
function draw(rows: Int32Array, count: number, stream: string): [Int32Array, Int32Array] {
  const order = rows.slice();
  shuffle(order, randomStream(stream));
  return [order.slice(0, count).sort(), order.slice(count).sort()];
}
