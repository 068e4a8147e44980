import { MAXIMUM_RUNS } from "../experiment/experiment.ts";
import { differencePValue, type DifferenceSample, isEquivalent } from "./_difference_sample.ts";
import { deviationOf, marginOf } from "./_mean_interval.ts";
import { SIGNIFICANCE } from "./verdict_of.ts";
import type { Comparison } from "../results/comparison.ts";
import type { Question } from "./question.ts";

/**
 * What it would take to decide a comparison.
 *
 * `seeds`: as many seeds in all. `overlap`: no number of seeds can, since the 95% interval stays
 * `margin` wide on either side, however many there are. `tie`: no number of seeds can, since the
 * difference is too close to 0. `pairs`: unknown, since fewer than two seeds completed in both cells.
 */
export type Outlook =
  | { readonly kind: "seeds"; readonly seeds: number }
  | { readonly kind: "overlap"; readonly margin: number }
  | { readonly kind: "tie" }
  | { readonly kind: "pairs" };

/**
 * Says, of each undecided cell, how many seeds would probably decide it.
 *
 * That is the smallest number for which the verdict would be another if mean difference and spread
 * stayed as they are: more seeds on the same dataset are as likely to move the mean away from 0 as
 * towards it, so that with as many the odds are even. Holm's correction is taken as it is for the
 * next cell to be decided.
 *
 * @returns By cell, undecided ones only.
 */
export function seedsToDecide(
  comparisons: readonly Comparison[],
  question: Pick<Question, "equivalence" | "overlap">,
): Map<string, Outlook> {
  const open = comparisons.filter(({ pHolm = NaN }) => pHolm >= SIGNIFICANCE).length;
  const undecided = comparisons.filter(({ verdict }) => verdict === "undecided");
  return new Map(undecided.map((comparison) => {
    const sample = sampleOf(comparison, question.overlap);
    return [comparison.cell, sample ? outlookOf(sample, open, question) : { kind: "pairs" }];
  }));
}

function outlookOf(
  sample: DifferenceSample,
  open: number,
  question: Pick<Question, "equivalence" | "overlap">,
): Outlook {
  const isDecided = (n: number) => {
    const enlarged = { ...sample, n };
    return differencePValue(enlarged, question.overlap) * open < SIGNIFICANCE ||
      isEquivalent(enlarged, question);
  };
  const { overlap } = question;
  if (!isDecided(MAXIMUM_RUNS)) {
    if (overlap === 0) return { kind: "tie" };
    return { kind: "overlap", margin: marginOf({ ...sample, n: MAXIMUM_RUNS }, overlap) };
  }
  // The more seeds, the narrower the interval: what decides with some number does with any larger.
  let [low, high] = [sample.n, MAXIMUM_RUNS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isDecided(middle)) high = middle;
    else low = middle;
  }
  return { kind: "seeds", seeds: high };
}

/** What a line of comparisons.csv says of its differences; nothing for fewer than two. */
function sampleOf(
  { n, meanDifference, ciLow, ciHigh }: Comparison,
  overlap: number,
): DifferenceSample | undefined {
  if (n < 2 || meanDifference === undefined) return undefined;
  const isSpread = ciLow !== undefined && ciHigh !== undefined;
  const sd = isSpread ? deviationOf(ciLow, ciHigh, n, overlap) : 0;
  return { n, mean: meanDifference, sd };
}
