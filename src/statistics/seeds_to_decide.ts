import { MAXIMUM_RUNS } from "../experiment/experiment.ts";
import { type Comparison, SIGNIFICANCE } from "../results/comparison.ts";
import {
  differencePValue,
  type DifferenceSample,
  isEquivalent,
  sampleOf,
} from "./_difference_sample.ts";
import { marginOf } from "./_mean_interval.ts";
import { correctedTests } from "./corrected_tests.ts";
import type { Question } from "./question.ts";

/**
 * What it would take to decide a comparison.
 *
 * `seeds`: this many seeds in total. `overlap`: no number of seeds can, since the interval that decides
 * never gets narrower than ±`margin`. `tie`: no number of seeds can, since the difference is too close to
 * 0 or to ±equivalence. `pairs`: unknown, since fewer than two seeds completed in both cells. `same`:
 * nothing can, since the cell is the same run as the baseline.
 */
export type Outlook =
  | { readonly kind: "seeds"; readonly seeds: number }
  | { readonly kind: "overlap"; readonly margin: number }
  | { readonly kind: "tie" }
  | { readonly kind: "pairs" }
  | { readonly kind: "same" };

/**
 * Estimates, for each undecided cell, how many seeds would decide it.
 *
 * That is the smallest number of seeds for which the verdict would change if mean difference and
 * spread stayed the same. More seeds on the same dataset move the mean away from 0 as often as
 * towards it, so the odds of a decision are even. Holm's correction is that of the next cell to be
 * decided. With folds, a seed is as many runs.
 *
 * @param repeats Cells that are the same run as another: see `sameRuns()`.
 * @returns By cell, undecided ones only.
 */
export function seedsToDecide(
  comparisons: readonly Comparison[],
  question: Pick<Question, "baseline" | "equivalence" | "overlap" | "folds">,
  repeats: ReadonlyMap<string, string>,
): Map<string, Outlook> {
  const open = correctedTests(comparisons, repeats)
    .filter(({ pHolm = NaN }) => pHolm >= SIGNIFICANCE).length;
  const undecided = comparisons.filter(({ verdict }) => verdict === "undecided");
  return new Map(undecided.map((comparison) => {
    if (repeats.get(comparison.cell) === question.baseline) {
      return [comparison.cell, { kind: "same" }];
    }
    const sample = sampleOf(comparison, question.overlap);
    return [comparison.cell, sample ? outlookOf(sample, open, question) : { kind: "pairs" }];
  }));
}

function outlookOf(
  sample: DifferenceSample,
  open: number,
  question: Pick<Question, "equivalence" | "overlap" | "folds">,
): Outlook {
  const isDecided = (n: number) => {
    const enlarged = { ...sample, n };
    return differencePValue(enlarged, question.overlap) * open < SIGNIFICANCE ||
      isEquivalent(enlarged, question);
  };
  const { overlap } = question;
  if (!isDecided(MAXIMUM_RUNS)) {
    if (overlap === 0) return { kind: "tie" };
    return {
      kind: "overlap",
      margin: marginOf({ ...sample, n: MAXIMUM_RUNS }, overlap, 1 - SIGNIFICANCE / open),
    };
  }
  // More seeds narrow the interval, so whatever decides with some number decides with any larger.
  let [low, high] = [sample.n, MAXIMUM_RUNS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isDecided(middle)) high = middle;
    else low = middle;
  }
  return { kind: "seeds", seeds: Math.ceil(high / (question.folds ?? 1)) };
}
