import { randomStream, shuffle } from "../random_stream.ts";
import type { Strata } from "./_strata.ts";

/** A group's rows by class. */
type Counts = readonly number[];

/** Groups of rows that stay whole. */
export interface Groups {
  /** (rows) of the dataset: equal for the rows of a group. */
  readonly of: Int32Array;
  /** By group, those of the rows that are divided; in order of first appearance. */
  readonly counts: ReadonlyMap<number, Counts>;
}

/** Counts the rows of each group by class. */
export function groupsOf(rows: Int32Array, of: Int32Array, strata: Strata): Groups {
  const counts = new Map<number, number[]>();
  for (const row of rows) {
    const group = of[row];
    let own = counts.get(group);
    if (!own) counts.set(group, own = strata.names.map(() => 0));
    own[strata.of[row]]++;
  }
  return { of, counts };
}

/**
 * Draws whole groups whose rows come near to `wanted`, by class.
 *
 * Goes through the groups in random order and takes each that brings the drawn rows nearer to what is
 * wanted: the sum over the classes of how many rows are missing or too many gets smaller. So none of
 * the groups left could bring them nearer. If none does, the smallest is drawn. At least `others`
 * groups are left.
 */
export function drawGroups(
  { counts }: Groups,
  wanted: readonly number[],
  { stream, others }: { readonly stream: string; readonly others: number },
): Set<number> {
  const order = shuffled(counts, stream);
  const most = order.length - others;
  const lacking = [...wanted];
  const drawn = new Set<number>();
  for (const group of order) {
    if (drawn.size === most) break;
    const own = counts.get(group) ?? [];
    let change = 0;
    own.forEach((rows, index) => {
      change += Math.abs(lacking[index] - rows) - Math.abs(lacking[index]);
    });
    if (change >= 0) continue;
    drawn.add(group);
    own.forEach((rows, index) => lacking[index] -= rows);
  }
  if (drawn.size > 0) return drawn;
  const size = (group: number) => (counts.get(group) ?? []).reduce((sum, rows) => sum + rows, 0);
  return new Set([order.reduce((least, group) => size(group) < size(least) ? group : least)]);
}

/**
 * Deals whole groups to folds; gives each group's fold, from 0.
 *
 * Goes through the groups in random order. Each goes to the fold that has the fewest rows of its
 * classes, weighted by their shares of the group: Σ (rows of the class in the fold) · (in the group) /
 * (in all). Between equals, it goes to the fold with the fewest rows, then to the first. With one
 * class, folds differ by at most the rows of the largest group.
 */
export function dealGroups({ counts }: Groups, folds: number, stream: string): Map<number, number> {
  const totals: number[] = [];
  for (const own of counts.values()) {
    own.forEach((rows, index) => totals[index] = (totals[index] ?? 0) + rows);
  }
  const held = Array.from({ length: folds }, () => totals.map(() => 0));
  const sizes = new Float64Array(folds);
  const foldOf = new Map<number, number>();
  for (const group of shuffled(counts, stream)) {
    const own = counts.get(group) ?? [];
    const costs = held.map((rows) => {
      return own.reduce((sum, count, index) => {
        return count === 0 ? sum : sum + rows[index] * count / totals[index];
      }, 0);
    });
    let chosen = 0;
    for (let fold = 1; fold < folds; fold++) {
      const isBetter = costs[fold] < costs[chosen] ||
        costs[fold] === costs[chosen] && sizes[fold] < sizes[chosen];
      if (isBetter) chosen = fold;
    }
    foldOf.set(group, chosen);
    own.forEach((rows, index) => {
      held[chosen][index] += rows;
      sizes[chosen] += rows;
    });
  }
  return foldOf;
}

function shuffled(counts: Groups["counts"], stream: string): Int32Array {
  const order = Int32Array.from(counts.keys());
  shuffle(order, randomStream(stream));
  return order;
}
