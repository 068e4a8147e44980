import type { Comparison } from "../results/comparison.ts";
import {
  type DifferenceSample,
  isConstant,
  isConstantWithin,
  signPValue,
} from "./_difference_sample.ts";
import { deviationOf, marginOf } from "./_mean_interval.ts";
import { tCdf } from "./_student_t.ts";
import { standardErrorOf } from "./interval.ts";

/** The level of one-sided tests of equivalence. */
const EQUIVALENCE_LEVEL = 0.05;

/** Two-sided p-value for no difference: a t-test, or a sign test if all differences are equal. */
export function differencePValue(sample: DifferenceSample, overlap: number): number {
  const { n, mean } = sample;
  if (isConstant(sample)) return mean === 0 ? 1 : signPValue(n);
  return 2 * tCdf(-Math.abs(mean) / standardErrorOf(sample, overlap), n - 1);
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
