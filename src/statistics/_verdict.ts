import { isLargerBetter } from "../measures/metrics.ts";
import { SIGNIFICANCE, type Verdict } from "../results/comparison.ts";
import { type DifferenceSample, isConstant, isConstantWithin } from "./_difference_sample.ts";
import type { Question } from "./question.ts";
import type { SimultaneousResult } from "./simultaneous.ts";

/**
 * The verdict on a cell: `better` or `worse` if its simultaneous interval leaves out 0, `equivalent`
 * if the interval lies within ±equivalence. A small difference can be both; then it is the former.
 */
export function verdictOf(
  sample: DifferenceSample,
  { pAdjusted, interval }: SimultaneousResult,
  { metric, equivalence }: Pick<Question, "metric" | "equivalence">,
): Verdict {
  if (pAdjusted < SIGNIFICANCE) {
    return sample.mean > 0 === isLargerBetter(metric) ? "better" : "worse";
  }
  if (equivalence === undefined) return "undecided";
  const isEquivalent = isConstant(sample)
    ? isConstantWithin(sample, equivalence)
    : interval !== undefined && Math.max(-interval.low, interval.high) <= equivalence;
  return isEquivalent ? "equivalent" : "undecided";
}
