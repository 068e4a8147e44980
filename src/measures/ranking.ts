import type { Predictions } from "./measure.ts";

/** The scores of one class, apart: those of its rows and those of the others, each ascending. */
interface Ranked {
  readonly own: Float64Array;
  readonly others: Float64Array;
}

/**
 * The area under the ROC curve, one class against the others: the share of pairs of a row of the
 * class and a row of another in which the first has the higher score; a tie counts half. The mean
 * over the classes that have both kinds of rows; of two classes, the second's area is that of both.
 *
 * NaN if no class has both, or a score is NaN.
 *
 * Source: Hanley and McNeil, The meaning and use of the area under a ROC curve (1982).
 */
export function rocAuc(predictions: Predictions): number {
  const { targets, classes } = predictions;
  const buffer = new Float64Array(targets.length);
  let sum = 0;
  let count = 0;
  for (let c = classes === 2 ? 1 : 0; c < classes; c++) {
    const ranked = rank(predictions, c, buffer);
    if (ranked.own.length === 0 || ranked.others.length === 0) continue;
    sum += hasNan(ranked) ? NaN : areaOf(ranked);
    count++;
  }
  return sum / count;
}

/** Halves and their sums are exact in float64, in any order. */
function areaOf({ own, others }: Ranked): number {
  let pairs = 0;
  let below = 0;
  let notAbove = 0;
  for (let at = 0; at < own.length; at++) {
    const score = own[at];
    while (below < others.length && others[below] < score) below++;
    while (notAbove < others.length && others[notAbove] <= score) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / (own.length * others.length);
}

/**
 * The average precision of one of two classes, the positive one: Σ (Rₙ − Rₙ₋₁)·Pₙ over the different scores
 * from the highest, where Pₙ and Rₙ are precision and recall if all rows with at least the n-th
 * score count as that class.
 *
 * NaN if there are more classes, that class has no row, or a score is NaN.
 */
export function averagePrecision(predictions: Predictions): number {
  const { targets, classes, positive = 1 } = predictions;
  if (classes !== 2) return NaN;
  const ranked = rank(predictions, positive, new Float64Array(targets.length));
  const { own, others } = ranked;
  if (own.length === 0 || hasNan(ranked)) return NaN;
  let sum = 0;
  let at = own.length - 1;
  let other = others.length - 1;
  while (at >= 0) {
    const score = own[at];
    const first = at;
    while (at >= 0 && own[at] === score) at--;
    while (other >= 0 && others[other] >= score) other--;
    const found = own.length - 1 - at;
    const taken = found + others.length - 1 - other;
    sum += (first - at) * (found / taken);
  }
  return sum / own.length;
}

/** @param buffer (rows), overwritten: the scores of the class's rows, then those of the others. */
function rank({ scores, targets, classes }: Predictions, c: number, buffer: Float64Array): Ranked {
  let first = 0;
  let last = targets.length;
  for (let row = 0, at = c; row < targets.length; row++, at += classes) {
    if (targets[row] === c) buffer[first++] = scores[at];
    else buffer[--last] = scores[at];
  }
  // Sorted by their values alone, which makes the order of equal scores irrelevant.
  return { own: buffer.subarray(0, first).sort(), others: buffer.subarray(first).sort() };
}

/** NaNs are sorted to the end. */
function hasNan({ own, others }: Ranked): boolean {
  return Number.isNaN(own[own.length - 1]) || Number.isNaN(others[others.length - 1]);
}
