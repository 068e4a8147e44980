import { randomStream, shuffle } from "../random_stream.ts";
import { classShares } from "./_class_shares.ts";
import { countClasses, type Strata } from "./_strata.ts";

/**
 * Draws `count` of the rows at random; returns the drawn rows and the rest, both ascending.
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
  if (!strata || count === 0) return [order.slice(0, count).sort(), order.slice(count).sort()];

  const { of, totals, others } = strata;
  const most = countClasses(rows, of).map((own) => Math.max(0, own - others));
  const lacking = classShares(count, totals, { least: 1, most });
  const isDrawn = (row: number) => lacking[of.of[row]]-- > 0;
  const drawn = order.filter(isDrawn);
  const taken = new Set(drawn);
  return [drawn.sort(), order.filter((row) => !taken.has(row)).sort()];
}
