import type { SplitOptions } from "../experiment/experiment.ts";
import { randomStream, shuffle } from "../random_stream.ts";
import { UserError } from "../user_error.ts";
import type { Dataset } from "./dataset.ts";

/** Row numbers of a dataset, from 0, ascending in each part; every row is in one part. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Divides a dataset's rows by an unstratified shuffle.
 *
 * Test rows depend on the dataset alone, so that all runs of an experiment have the same; training
 * and validation rows are drawn from the rest by the seed, or by the dataset unless `resplit`.
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

/**
 * How many rows each part gets: a fraction of all, rounded half up, and training what is left.
 *
 * @throws {UserError} If a part would have no rows, other than a test part of 0.
 */
function partSizes(rows: number, split: SplitOptions): Record<keyof Split, number> {
  const validation = Math.round(split.validation * rows);
  const test = Math.round(split.test * rows);
  const sizes = { train: rows - validation - test, validation, test };
  const parts = ["train", "validation", "test"] as const;
  const problems = parts.filter((part) => sizes[part] <= 0 && (part !== "test" || split.test > 0))
    .map((part) => `Cannot use ${part} ${split[part]} on ${rows} rows: there must be one or more`);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  return sizes;
}

/** Draws `count` of the rows at random; both the drawn and the rest are ascending. */
function draw(rows: Int32Array, count: number, stream: string): [Int32Array, Int32Array] {
  const order = rows.slice();
  shuffle(order, randomStream(stream));
  return [order.slice(0, count).sort(), order.slice(count).sort()];
}
