import { randomStream, shuffle } from "../random_stream.ts";
import { classShares } from "./_class_shares.ts";
import { countClasses, type Strata } from "./_strata.ts";

/**
 * Draws `count` of the rows at random, which ascend; returns the drawn rows and the rest, both
 * ascending.
 *
 * With strata, `totals` are the rows of each class in all parts, of which the drawn part gets its
 * share: see `classShares()`. At least one row of each class is drawn, and at least `others` are
 * left. The rows of one shuffle are taken in its order, if their class still lacks some.
 */
export function drawRows(
  rows: Int32Array,
  count: number,
  stream: string,
  strata?: { readonly of: Strata; readonly totals: readonly number[]; readonly others: number },
): [Int32Array, Int32Array] {
  const order = rows.slice();
  shuffle(order, randomStream(stream));
  if (!strata || count === 0) return parted(rows, order, count);

  const { of, totals, others } = strata;
  const most = countClasses(rows, of).map((own) => Math.max(0, own - others));
  const lacking = classShares(count, totals, { least: 1, most });
  let drawn = 0;
  // Those that are drawn come first.
  for (let at = 0; at < order.length; at++) {
    const row = order[at];
    if (lacking[of.of[row]]-- <= 0) continue;
    order[at] = order[drawn];
    order[drawn++] = row;
  }
  return parted(rows, order, drawn);
}

/**
 * The first `count` rows of an order and the others, both ascending, as `rows` are: sorting them would
 * take as long as drawing them.
 */
function parted(rows: Int32Array, order: Int32Array, count: number): [Int32Array, Int32Array] {
  const isFirst = new Uint8Array(rows.length === 0 ? 0 : rows[rows.length - 1] + 1);
  for (let at = 0; at < count; at++) isFirst[order[at]] = 1;
  const first = new Int32Array(count);
  const others = new Int32Array(rows.length - count);
  let found = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    if (isFirst[row] === 1) first[found++] = row;
    else others[at - found] = row;
  }
  return [first, others];
}

/**
 * Deals the rows at random to folds; gives the rows of each fold, ascending.
 *
 * One shuffle, its rows in the order of their classes if there are strata, is dealt out like cards:
 * folds, and each class in them, differ by at most one row.
 */
export function dealRows(
  rows: Int32Array,
  folds: number,
  stream: string,
  strata?: Strata,
): Int32Array[] {
  const order = rows.slice();
  shuffle(order, randomStream(stream));
  const dealt = strata ? byClass(order, strata) : order;
  return Array.from({ length: folds }, (_, fold) => {
    const own = new Int32Array(Math.ceil((dealt.length - fold) / folds));
    for (let index = 0; index < own.length; index++) own[index] = dealt[fold + index * folds];
    return own.sort();
  });
}

/** The rows of the first class, then those of the second and so on, otherwise in the same order. */
function byClass(rows: Int32Array, strata: Strata): Int32Array {
  let next = 0;
  const starts = countClasses(rows, strata).map((count) => (next += count) - count);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) sorted[starts[strata.of[row]]++] = row;
  return sorted;
}
