import type { ClassCounts, Predictions } from "./measure.ts";

/** Counts of no rows. */
export function noCounts(classes: number): ClassCounts {
  return {
    actual: new Float64Array(classes),
    predicted: new Float64Array(classes),
    correct: new Float64Array(classes),
  };
}

/** The class with the fewest rows; the last of equally rare ones. */
export function rarestClass(targets: Int32Array | Float64Array, classes: number): number {
  const { actual } = noCounts(classes);
  for (let row = 0; row < targets.length; row++) actual[targets[row]]++;
  let rarest = 0;
  for (let c = 1; c < classes; c++) if (actual[c] <= actual[rarest]) rarest = c;
  return rarest;
}

/** Adds a row to the counts; a `predicted` of −1 is no class. */
export function countRow(counts: ClassCounts, actual: number, predicted: number): void {
  counts.actual[actual]++;
  if (predicted < 0) return;
  counts.predicted[predicted]++;
  if (predicted === actual) counts.correct[actual]++;
}

/**
 * The place of the largest of `count` values, the first of equal ones; −1 if one of them is NaN.
 *
 * @param start The place of the first value.
 * @param stride From value to value.
 */
export function indexOfLargest(
  values: Float32Array | Float64Array,
  start: number,
  stride: number,
  count: number,
): number {
  let best = 0;
  let largest = values[start];
  if (largest !== largest) return -1;
  for (let index = 1, at = start + stride; index < count; index++, at += stride) {
    const value = values[at];
    if (value > largest) {
      largest = value;
      best = index;
    } else if (value !== value) return -1;
  }
  return best;
}

/** The counts of some predictions: those that come with them, or those that their scores give. */
export function classCounts({ counts, scores, targets, classes }: Predictions): ClassCounts {
  if (counts) return counts;
  const counted = noCounts(classes);
  for (let row = 0; row < targets.length; row++) {
    countRow(counted, targets[row], indexOfLargest(scores, row * classes, 1, classes));
  }
  return counted;
}
