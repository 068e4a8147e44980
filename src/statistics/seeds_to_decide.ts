import { MAXIMUM_RUNS } from "../experiment/experiment.ts";
import { type Comparison, SIGNIFICANCE } from "../results/comparison.ts";
import { differencePValue, type DifferenceSample, isEquivalent } from "./_difference_sample.ts";
import { deviationOf, marginOf } from "./_mean_interval.ts";
import type { Question } from "./question.ts";

/**
 * What it would take to decide a comparison.
 *
 * `seeds`: this many seeds in total. `overlap`: no number of seeds can, since the 95% interval never
 * gets narrower than ±`margin`. `tie`: no number of seeds can, since the difference is too close to
 * 0 or to ±equivalence. `pairs`: unknown, since fewer than two seeds completed in both cells.
 */
export type Outlook =
  | { readonly kind: "seeds"; readonly seeds: number }
  | { readonly kind: "overlap"; readonly margin: number }
  | { readonly kind: "tie" }
  | { readonly kind: "pairs" };

/**
 * Estimates, for each undecided cell, how many seeds would decide it.
 *
 * That is the smallest number of seeds for which the verdict would change if mean difference and
 * spread stayed the same. More seeds on the same dataset move the mean away from 0 as often as
 * towards it, so the odds of a decision are even. Holm's correction is that of the next cell to be
 * decided.
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
  // More seeds narrow the interval, so whatever decides with some number decides with any larger.
  let [low, high] = [sample.n, MAXIMUM_RUNS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isDecided(middle)) high = middle;
    else low = middle;
  }
  return { kind: "seeds", seeds: high };
}

/** The sample behind a line of comparisons.csv; undefined for fewer than two pairs. */
function sampleOf(
  { n, meanDifference, ciLow, ciHigh }: Comparison,
  overlap: number,
): DifferenceSample | undefined {
  if (n < 2 || meanDifference === undefined) return undefined;
  const isSpread = ciLow !== undefined && ciHigh !== undefined;
  const sd = isSpread ? deviationOf(ciLow, ciHigh, n, overlap) : 0;
  return { n, mean: meanDifference, sd };
}
