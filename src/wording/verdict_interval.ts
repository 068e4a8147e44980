import type { Comparison } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { correctedTests } from "../statistics/corrected_tests.ts";
import type { Interval } from "../statistics/interval.ts";

/** The part of an analysis that says what verdicts rest on. */
export type Verdicts = Pick<Analysis, "question" | "cells" | "comparisons" | "repeats">;

/** What texts call the interval that verdicts rest on. */
export function intervalName(
  { comparisons, repeats, question }: Pick<Verdicts, "comparisons" | "repeats" | "question">,
): string {
  const isOneOfMany = correctedTests(comparisons, repeats).length > 1 || question.looks;
  return isOneOfMany ? "simultaneous 95% interval" : "95% interval";
}

/**
 * The interval to show beside a verdict: that of a better or worse cell leaves out 0, that of an
 * equivalent one lies within the band, and an undecided one's does neither.
 *
 * @returns Undefined without an interval: for fewer than two pairs, or if all pairs differ by the same.
 */
export function verdictInterval(
  { ciLowSimultaneous: low, ciHighSimultaneous: high }: Comparison,
): Interval | undefined {
  return low === undefined || high === undefined ? undefined : { low, high };
}
