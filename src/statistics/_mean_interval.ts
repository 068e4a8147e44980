import { tQuantile } from "./_student_t.ts";
import { meanOf } from "./mean.ts";

const CONFIDENCE = 0.95;

/** A mean and its uncertainty. */
export interface MeanInterval {
  /** Absent without values. */
  readonly mean?: number;
  /** Sample standard deviation; this and the interval are absent for fewer than two values. */
  readonly sd?: number;
  /** 95% t-interval of the mean. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

/**
 * Mean, sample standard deviation and 95% t-interval of values, one per seed.
 *
 * Sums differences from the first value, in order, so that equal values have a standard deviation of
 * exactly 0. Source: Student, The Probable Error of a Mean (1908).
 *
 * @param overlap Added to 1/n in the variance of the mean: see `Question`.
 */
export function meanInterval(values: readonly number[], overlap: number): MeanInterval {
  const n = values.length;
  if (n === 0) return {};
  const mean = meanOf(values);
  if (n === 1) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const sd = Math.sqrt(squares / (n - 1));
  const margin = marginOf({ n, sd }, overlap);
  return { mean, sd, ciLow: mean - margin, ciHigh: mean + margin };
}

/** The standard error of a mean over `n` seeds. */
export function standardErrorOf(
  { n, sd }: { readonly n: number; readonly sd: number },
  overlap: number,
): number {
  return sd * Math.sqrt(1 / n + overlap);
}

/** Half the width of a mean's t-interval. */
export function marginOf(
  sample: { readonly n: number; readonly sd: number },
  overlap: number,
  confidence = CONFIDENCE,
): number {
  return tQuantile((1 + confidence) / 2, sample.n - 1) * standardErrorOf(sample, overlap);
}

/** The standard deviation of a sample whose 95% interval is as wide as this. */
export function deviationOf(ciLow: number, ciHigh: number, n: number, overlap: number): number {
  return (ciHigh - ciLow) / 2 / marginOf({ n, sd: 1 }, overlap);
}
