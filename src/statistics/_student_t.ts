import stdlib from "@stdlib/dist-stats-base-dists-flat";

/**
 * Student's t-distribution: its cumulative distribution function at t, and its quantile of a
 * probability, both with `df` degrees of freedom.
 *
 * Both use their own exp, log and pow, so that their last bits do not depend on the engine.
 */
export const { cdf: tCdf, quantile: tQuantile } = stdlib.base.dists.t;

/** The natural logarithm of a number of at least 1, which does not depend on the engine either. */
export function naturalLogarithm(value: number): number {
  return stdlib.base.dists.exponential.quantile(1 - 1 / value, 1);
}
