import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { marginOf, standardErrorOf } from "./_mean_interval.ts";

/** If the spread is a smaller share of the mean than this, differences differ only by rounding. */
const ROUNDING = 1e-9;
/** The level of each one-sided test of equivalence, which makes the interval one of 90%. */
const EQUIVALENCE_LEVEL = 0.05;

/** What tests need to know about two or more paired differences. */
export interface DifferenceSample {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * True if all pairs differ by the same. Accuracies on few rows do that by chance, and a t-test
 * would call it certain; signs can still be counted.
 */
export function isConstant({ mean, sd }: DifferenceSample): boolean {
  return sd <= ROUNDING * Math.abs(mean);
}

/** Two-sided p-value for no difference: of the t-test, or of the signs where all are the same. */
export function differencePValue(sample: DifferenceSample, overlap: number): number {
  const { n, mean } = sample;
  if (isConstant(sample)) return mean === 0 ? 1 : 2 * halfToThe(n);
  return 2 * tCdf(-Math.abs(mean) / standardErrorOf(sample, overlap), n - 1);
}

/**
 * True if the 90% interval lies within ±equivalence: both one-sided tests at 5% say so.
 *
 * Source: Schuirmann, A Comparison of the Two One-Sided Tests Procedure and the Power Approach
 * (1987). Where all pairs differ by the same, both are tests of signs.
 */
export function isEquivalent(
  sample: DifferenceSample,
  { equivalence, overlap }: { readonly equivalence: number; readonly overlap: number },
): boolean {
  const isSure = !isConstant(sample) || halfToThe(sample.n) <= EQUIVALENCE_LEVEL;
  const margin = isConstant(sample) ? 0 : marginOf(sample, overlap, 1 - 2 * EQUIVALENCE_LEVEL);
  return isSure && Math.abs(sample.mean) + margin <= equivalence;
}

/** 2⁻ⁿ, exactly. */
function halfToThe(n: number): number {
  let power = 1;
  for (let index = 0; index < n && power > 0; index++) power /= 2;
  return power;
}
