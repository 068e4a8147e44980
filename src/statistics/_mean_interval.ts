import { tQuantile } from "./_student_t.ts";
import { intervalAround, standardErrorOf } from "./interval.ts";
import { meanAndDeviation } from "./mean.ts";

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
 * Source: Student, The Probable Error of a Mean (1908).
 *
 * @param overlap Added to 1/n in the variance of the mean: see `Question`.
 */
export function meanInterval(values: readonly number[], overlap: number): MeanInterval {
  const spread = meanAndDeviation(values);
  const { mean, sd } = spread;
  if (mean === undefined || sd === undefined) return spread;
  const { low, high } = intervalAround(mean, marginOf({ n: values.length, sd }, overlap));
  return { mean, sd, ciLow: low, ciHigh: high };
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
