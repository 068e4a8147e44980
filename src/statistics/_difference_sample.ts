import type { Comparison } from "../results/comparison.ts";
import { deviationOf, marginOf, standardErrorOf } from "./_mean_interval.ts";
import { tCdf } from "./_student_t.ts";

/** If the spread relative to the mean is below this, differences differ only by rounding. */
const ROUNDING = 1e-9;
/** The level of one-sided tests of equivalence. */
const EQUIVALENCE_LEVEL = 0.05;

/** What tests need to know about two or more paired differences. */
export interface DifferenceSample {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * True if all pairs differ by the same amount. Accuracies on few rows can do that by chance, and a
 * t-test would call the difference certain; a sign test still works.
 */
export function isConstant({ mean, sd }: DifferenceSample): boolean {
  return sd <= ROUNDING * Math.abs(mean);
}

/** Two-sided p-value for no difference: a t-test, or a sign test if all differences are equal. */
export function differencePValue(sample: DifferenceSample, overlap: number): number {
  const { n, mean } = sample;
  if (isConstant(sample)) return mean === 0 ? 1 : signPValue(n);
  return 2 * tCdf(-Math.abs(mean) / standardErrorOf(sample, overlap), n - 1);
}

/** Two-sided p-value of n differences that all have the same sign. */
export function signPValue(n: number): number {
  return Math.min(1, 2 * halfToThe(n));
}

/**
 * True if the 90% interval lies within ±equivalence: both one-sided tests at 5% say so. Without an
 * `equivalence`, no difference is too small to matter.
 *
 * Source: Schuirmann, A Comparison of the Two One-Sided Tests Procedure and the Power Approach
 * (1987). If all pairs differ by the same amount, both are sign tests.
 */
export function isEquivalent(
  sample: DifferenceSample,
  { equivalence, overlap }: { readonly equivalence?: number; readonly overlap: number },
): boolean {
  if (equivalence === undefined) return false;
  if (isConstant(sample)) return isConstantWithin(sample, equivalence);
  return Math.abs(sample.mean) + marginOf(sample, overlap, 1 - 2 * EQUIVALENCE_LEVEL) <=
    equivalence;
}

/**
 * True if all pairs differ by the same amount, at most `equivalence`, and so often that chance would
 * bring all of them to one side of it in fewer than 5% of cases.
 */
export function isConstantWithin({ n, mean }: DifferenceSample, equivalence: number): boolean {
  return halfToThe(n) <= EQUIVALENCE_LEVEL && Math.abs(mean) <= equivalence;
}

/** The sample behind a line of comparisons.csv; undefined for fewer than two pairs. */
export function sampleOf(
  { n, meanDifference, ciLow, ciHigh }: Comparison,
  overlap: number,
): DifferenceSample | undefined {
  if (n < 2 || meanDifference === undefined) return undefined;
  const isSpread = ciLow !== undefined && ciHigh !== undefined;
  const sd = isSpread ? deviationOf(ciLow, ciHigh, n, overlap) : 0;
  return { n, mean: meanDifference, sd };
}

/** 2⁻ⁿ, exactly. */
function halfToThe(n: number): number {
  let power = 1;
  for (let index = 0; index < n && power > 0; index++) power /= 2;
  return power;
}
