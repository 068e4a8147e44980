import { MAXIMUM_RUNS } from "../experiment/experiment.ts";
import { type Comparison, SIGNIFICANCE } from "../results/comparison.ts";
import {
  type DifferenceSample,
  isConstant,
  isConstantWithin,
  signPValue,
} from "./_difference_sample.ts";
import { sampleOf } from "./_difference_tests.ts";
import { marginOf } from "./_mean_interval.ts";
import { tCdf } from "./_student_t.ts";
import { correctedTests } from "./corrected_tests.ts";
import { standardErrorOf } from "./interval.ts";
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
 * towards it, so the odds of a decision are even. The simultaneous interval keeps the confidence that
 * it has for this cell alone. With folds, a seed is as many runs.
 *
 * @param repeats Cells that are the same run as another: see `sameRuns()`.
 * @returns By cell, undecided ones only.
 */
export function seedsToDecide(
  comparisons: readonly Comparison[],
  question: Pick<Question, "baseline" | "equivalence" | "overlap" | "folds">,
  repeats: ReadonlyMap<string, string>,
): Map<string, Outlook> {
  const tests = correctedTests(comparisons, repeats).length;
  const undecided = comparisons.filter(({ verdict }) => verdict === "undecided");
  return new Map(undecided.map((comparison) => {
    if (repeats.get(comparison.cell) === question.baseline) {
      return [comparison.cell, { kind: "same" }];
    }
    const sample = sampleOf(comparison, question.overlap);
    if (!sample) return [comparison.cell, { kind: "pairs" }];
    const confidence = confidenceOf(comparison, sample, question);
    return [comparison.cell, outlookOf(sample, { ...question, tests, confidence })];
  }));
}

/** The confidence that a cell's simultaneous interval has for this cell alone: more than 95%. */
function confidenceOf(
  { ciLowSimultaneous = NaN, ciHighSimultaneous = NaN }: Comparison,
  sample: DifferenceSample,
  { overlap }: Pick<Question, "overlap">,
): number {
  const margin = (ciHighSimultaneous - ciLowSimultaneous) / 2;
  return 1 - 2 * tCdf(-margin / standardErrorOf(sample, overlap), sample.n - 1);
}

function outlookOf(
  sample: DifferenceSample,
  { equivalence, overlap, folds = 1, tests, confidence }:
    & Pick<Question, "equivalence" | "overlap" | "folds">
    & { readonly tests: number; readonly confidence: number },
): Outlook {
  const size = Math.abs(sample.mean);
  const isDecided = (n: number) => {
    const enlarged = { ...sample, n };
    if (isConstant(sample)) {
      return size > 0 && signPValue(n) * tests < SIGNIFICANCE ||
        equivalence !== undefined && isConstantWithin(enlarged, equivalence);
    }
    const margin = marginOf(enlarged, overlap, confidence);
    return size > margin || equivalence !== undefined && size + margin <= equivalence;
  };
  if (!isDecided(MAXIMUM_RUNS)) {
    if (overlap === 0 || isConstant(sample)) return { kind: "tie" };
    const margin = marginOf({ ...sample, n: MAXIMUM_RUNS }, overlap, confidence);
    return { kind: "overlap", margin };
  }
  // More seeds narrow the interval, so whatever decides with some number decides with any larger.
  let [low, high] = [sample.n, MAXIMUM_RUNS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isDecided(middle)) high = middle;
    else low = middle;
  }
  return { kind: "seeds", seeds: Math.ceil(high / folds) };
}
