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
  for (let n = 0; n < values.length; n++) {
    const value = values[n];
    // 0 for a finite value, NaN for any other.
    if (value - value !== 0) return [NaN, NaN];
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return [minimum, maximum];
}

function countsOf(values: Float32Array | Float64Array, minimum: number, width: number): number[] {
  if (width === 0) return [values.length, ...new Array<number>(BINS - 1).fill(0)];
  const counts = new Int32Array(BINS);
  for (let n = 0; n < values.length; n++) {
    // Truncated as an integer: Math.floor() takes longer.
    const bin = (values[n] - minimum) / width | 0;
    counts[bin < BINS ? bin : BINS - 1]++;
  }
  return Array.from(counts);
}
