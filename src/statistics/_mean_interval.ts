import tQuantile from "@stdlib/stats-base-dists-t-quantile";

const CONFIDENCE = 0.95;

/** A mean and how sure it is. */
export interface MeanInterval {
  /** Absent for no values. */
  readonly mean?: number;
  /** Sample standard deviation; this and the interval are absent for fewer than two values. */
  readonly sd?: number;
  /** 95% t-interval of the mean. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

/**
 * Mean, sample standard deviation and 95% t-interval of independent values.
 *
 * Sums are of differences from the first value, in order, so that equal values have a standard
 * deviation of exactly 0. Source: Student, The Probable Error of a Mean (1908).
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  if (n === 0) return {};
  const mean = meanOf(values);
  if (n === 1) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const sd = Math.sqrt(squares / (n - 1));
  const margin = tQuantile((1 + CONFIDENCE) / 2, n - 1) * (sd / Math.sqrt(n));
  return { mean, sd, ciLow: mean - margin, ciHigh: mean + margin };
}

/** The mean of one value or more. */
export function meanOf([first, ...others]: readonly number[]): number {
  return first + others.reduce((sum, value) => sum + (value - first), 0) / (others.length + 1);
}
