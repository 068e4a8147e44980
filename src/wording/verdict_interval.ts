import type { Comparison } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { correctedTests } from "../statistics/corrected_tests.ts";
import type { Interval } from "../statistics/verdict_intervals.ts";

/** The part of an analysis that says what verdicts rest on. */
export type Verdicts = Pick<
  Analysis,
  "question" | "cells" | "comparisons" | "intervals" | "repeats"
>;

/** What texts call the interval that decides whether a cell is equivalent. */
export const EQUIVALENCE_INTERVAL = "90% interval";

/** What texts call the interval that decides whether a cell is better or worse. */
export function correctedInterval(
  { comparisons, repeats }: Pick<Verdicts, "comparisons" | "repeats">,
): string {
  const isCorrected = correctedTests(comparisons, repeats).length > 1;
  return isCorrected ? "corrected 95% interval" : "95% interval";
}

/**
 * The interval to show beside a verdict, with its name: an equivalent cell's lies within the band,
 * that of a better or worse one leaves out 0, and an undecided one's does neither.
 *
 * @returns Undefined without an interval: for fewer than two pairs, or if all pairs differ by the same.
 */
export function verdictInterval(
  { cell, verdict }: Pick<Comparison, "cell" | "verdict">,
  verdicts: Pick<Verdicts, "comparisons" | "intervals" | "repeats">,
): Interval & { readonly name: string } | undefined {
  const intervals = verdicts.intervals.get(cell);
  if (!intervals) return undefined;
  return verdict === "equivalent"
    ? { ...intervals.equivalence, name: EQUIVALENCE_INTERVAL }
    : { ...intervals.corrected, name: correctedInterval(verdicts) };
}
