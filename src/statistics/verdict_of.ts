import { isLargerBetter } from "../measures/metrics.ts";
import { type DifferenceSample, isEquivalent } from "./_difference_sample.ts";
import type { Verdict } from "../results/comparison.ts";
import type { Question } from "./question.ts";

/** Adjusted p-values below this are taken for differences. */
export const SIGNIFICANCE = 0.05;

/**
 * The verdict on a cell: a difference that is shown comes before equivalence, which a small one
 * may have as well.
 *
 * @param sample Absent for fewer than two pairs, as is `pHolm`.
 */
export function verdictOf(
  sample: DifferenceSample | undefined,
  pHolm: number | undefined,
  question: Pick<Question, "metric" | "equivalence" | "overlap">,
): Verdict {
  if (sample === undefined || pHolm === undefined) return "undecided";
  if (pHolm < SIGNIFICANCE) {
    return sample.mean > 0 === isLargerBetter(question.metric) ? "better" : "worse";
  }
  return isEquivalent(sample, question) ? "equivalent" : "undecided";
}
