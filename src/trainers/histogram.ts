import type { Histogram } from "./run_result.ts";

/** Bins of a weight histogram; the notebook draws the same number. */
export const BINS = 16;

/**
 * Counts values in equal bins from the smallest to the largest value; the largest falls into the
 * last bin.
 *
 * Bounds are NaN and counts empty if a value, or the distance between the bounds, is not finite.
 *
 * Each loop is a function of its own: with both in one, V8 14.9 gave the bounds of only some of the
 * values, beside the right counts, in one of 16 sweeps whose runs had both kinds of arrays.
 */
export function histogram(values: Float32Array | Float64Array): Histogram {
  const [minimum, maximum] = boundsOf(values);
  if (!Number.isFinite(maximum - minimum)) return { minimum: NaN, maximum: NaN, counts: [] };
  return { minimum, maximum, counts: countsOf(values, minimum, (maximum - minimum) / BINS) };
}

/** The smallest and the largest value; NaN if a value is not finite. */
function boundsOf(values: Float32Array | Float64Array): [minimum: number, maximum: number] {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) return [NaN, NaN];
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return [minimum, maximum];
}

function countsOf(values: Float32Array | Float64Array, minimum: number, width: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = width > 0 ? Math.floor((value - minimum) / width) : 0;
    counts[Math.min(bin, BINS - 1)]++;
  }
  return counts;
}
