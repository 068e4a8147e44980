import stdlib from "@stdlib/dist-stats-base-dists-flat";

const { chisquare, f, normal } = stdlib.base.dists;

/** The normal distribution's density and its distribution function, with mean 0 and deviation 1. */
export function normalPdf(z: number): number {
  return normal.pdf(z, 0, 1);
}

/** The probability of at most `z`. */
export function normalCdf(z: number): number {
  return normal.cdf(z, 0, 1);
}

/** The probability of at least `x`, of the χ² distribution. */
export function chiSquareTail(x: number, df: number): number {
  return 1 - chisquare.cdf(x, df);
}

/** The probability of at least `x`, of the F distribution; small ones keep their digits. */
export function fTail(x: number, df1: number, df2: number): number {
  // 1/F has the F distribution with its degrees of freedom in the other order.
  return x > 0 ? f.cdf(1 / x, df2, df1) : 1;
}
