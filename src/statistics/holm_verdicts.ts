import { isLargerBetter } from "../measures/metrics.ts";
import { type Comparison, SIGNIFICANCE, type Verdict } from "../results/comparison.ts";
import { isEquivalent, sampleOf } from "./_difference_tests.ts";
import type { Question } from "./question.ts";

/**
 * Comparisons with the verdicts of earlier versions, to verify what these wrote: `better` or `worse`
 * by Holm's method, `equivalent` by the 90% interval of a cell alone.
 */
export function holmVerdicts(
  comparisons: readonly Comparison[],
  question: Pick<Question, "metric" | "equivalence" | "overlap">,
): Comparison[] {
  return comparisons.map((comparison) => ({
    ...comparison,
    verdict: holmVerdict(comparison, question),
  }));
}

function holmVerdict(
  comparison: Comparison,
  question: Pick<Question, "metric" | "equivalence" | "overlap">,
): Verdict {
  const { pHolm } = comparison;
  const sample = sampleOf(comparison, question.overlap);
  if (sample === undefined || pHolm === undefined) return "undecided";
  if (pHolm < SIGNIFICANCE) {
    return sample.mean > 0 === isLargerBetter(question.metric) ? "better" : "worse";
  }
  return isEquivalent(sample, question) ? "equivalent" : "undecided";
}
