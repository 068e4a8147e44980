import type { Histogram } from "./run_result.ts";

/** Bins of a weight histogram; the notebook draws the same number. */
export const BINS = 16;

/**
 * Counts values in equal bins from the smallest to the largest value; the largest falls into the
 * last bin.
 *
 * Bounds are NaN and counts empty if a value, or the distance between the bounds, is not finite.
 */
export function histogram(values: Float32Array | Float64Array): Histogram {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) return { minimum: NaN, maximum: NaN, counts: [] };
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  if (!Number.isFinite(maximum - minimum)) return { minimum: NaN, maximum: NaN, counts: [] };
  const counts = new Array<number>(BINS).fill(0);
  const width = (maximum - minimum) / BINS;
  for (const value of values) {
    const bin = width > 0 ? Math.floor((value - minimum) / width) : 0;
    counts[Math.min(bin, BINS - 1)]++;
  }
  return { minimum, maximum, counts };
}
