import type { ClassCounts, Predictions } from "./measure.ts";

/** Counts of no rows. */
export function noCounts(classes: number): ClassCounts {
  const zeros = () => new Array<number>(classes).fill(0);
  return { actual: zeros(), predicted: zeros(), correct: zeros() };
}

/** The class with the fewest rows; the last of equally rare ones. */
export function rarestClass(targets: Int32Array | Float64Array, classes: number): number {
  const { actual } = noCounts(classes);
  for (let row = 0; row < targets.length; row++) actual[targets[row]]++;
  let rarest = 0;
  for (let c = 1; c < classes; c++) if (actual[c] <= actual[rarest]) rarest = c;
  return rarest;
}

/** Where scores of rows are: those of `lanes` rows beside each other, class by class, and so on. */
interface ScoreLayout {
  readonly values: Float32Array | Float64Array;
  /** The place of the first row's first score. */
  readonly start: number;
  /** From the first of so many rows to the first of the next. */
  readonly panelStride: number;
  readonly lanes: number;
  readonly classes: number;
}

/**
 * Adds rows to counts. The predicted class of a row is that of its largest score, the first of equal
 * ones; a row with a score that is NaN has none.
 *
 * @param targets (rows)
 */
export function countClasses(
  { actual, predicted, correct }: ClassCounts,
  targets: Int32Array | Float64Array,
  { values, start, panelStride, lanes, classes }: ScoreLayout,
): void {
  const rows = targets.length;
  for (let row = 0, panel = start; row < rows; panel += panelStride) {
    const end = Math.min(panel + lanes, panel + rows - row);
    for (let first = panel; first < end; first++, row++) {
      let largest = values[first];
      let best = largest === largest ? 0 : -1;
      for (let c = 1, at = first + lanes; c < classes; c++, at += lanes) {
        const value = values[at];
        if (value <= largest) continue;
        if (value !== value) best = -1;
        if (best < 0) break;
        largest = value;
        best = c;
      }
      const target = targets[row];
      actual[target]++;
      if (best < 0) continue;
      predicted[best]++;
      if (best === target) correct[best]++;
    }
  }
}

/** The counts of some predictions: those that come with them, or those that their scores give. */
export function classCounts({ counts, scores, targets, classes }: Predictions): ClassCounts {
  if (counts) return counts;
  const counted = noCounts(classes);
  const layout = { values: scores, start: 0, panelStride: classes, lanes: 1, classes };
  countClasses(counted, targets, layout);
  return counted;
}
