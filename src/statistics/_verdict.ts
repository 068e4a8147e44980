import { SIGNIFICANCE, type Verdict } from "../results/comparison.ts";
import { type DifferenceSample, isConstant, isConstantWithin } from "./_difference_sample.ts";
import type { Interval } from "./interval.ts";

/** What decides a comparison of two or more pairs. */
export interface VerdictBasis {
  /** Absent if all pairs differ by the same amount. */
  readonly interval?: Interval;
  /** Decides where there is no interval. */
  readonly pAdjusted: number;
}

/** What makes a difference good, and what makes it negligible. */
export interface VerdictQuestion {
  readonly largerIsBetter: boolean;
  /** As in `Question`. */
  readonly equivalence?: number;
}

/**
 * The verdict on a cell: `better` or `worse` if its interval leaves out 0, `equivalent` if the interval
 * lies within ±equivalence. A small difference can be both; then it is the former.
 */
export function verdictOf(
  sample: DifferenceSample,
  { interval, pAdjusted }: VerdictBasis,
  { largerIsBetter, equivalence }: VerdictQuestion,
): Verdict {
  const isClear = interval ? interval.low > 0 || interval.high < 0 : pAdjusted < SIGNIFICANCE;
  if (isClear) return sample.mean > 0 === largerIsBetter ? "better" : "worse";
  if (equivalence === undefined) return "undecided";
  const isEquivalent = isConstant(sample)
    ? isConstantWithin(sample, equivalence)
    : interval !== undefined && Math.max(-interval.low, interval.high) <= equivalence;
  return isEquivalent ? "equivalent" : "undecided";
}
