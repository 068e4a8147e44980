import { isLargerBetter } from "../measures/metrics.ts";
import type { Comparison } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import { isConstant } from "./_difference_sample.ts";
import { differencePValue } from "./_difference_tests.ts";
import { type PairedCell, pairedCells } from "./_paired_samples.ts";
import { verdictOf } from "./_verdict.ts";
import { correctedTests } from "./corrected_tests.ts";
import { holm } from "./holm.ts";
import type { Question } from "./question.ts";
import { raceCells } from "./race.ts";
import { sameRuns } from "./same_runs.ts";
import { SignFlips } from "./sign_flips.ts";
import { simultaneous, type SimultaneousResult } from "./simultaneous.ts";

/** What a comparison says alone, whatever the other cells do. */
type LoneComparison = Omit<
  Comparison,
  "verdict" | "pHolm" | "pAdjusted" | "ciLowSimultaneous" | "ciHighSimultaneous"
>;

/** What all comparisons together say of one. */
type JointResult = Pick<Comparison, "verdict"> & { readonly result?: SimultaneousResult };

/** The parts of a question that comparisons depend on. */
type ComparedQuestion = Pick<
  Question,
  "metric" | "baseline" | "equivalence" | "overlap" | "folds" | "looks"
>;

/** Compares every other cell with the baseline, in the order in which the cells first appear. */
export function compareWithBaseline(
  runs: readonly RunRow[],
  question: ComparedQuestion,
): Comparison[] {
  const signFlips = new SignFlips();
  const cells = pairedCells(runs, question);
  const alone = cells.map((cell) => lone(cell, question, signFlips));
  const repeats = sameRuns(runs, question);
  const tests = correctedTests(alone, repeats);
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  const adjustedOf = new Map(tests.map(({ cell }, index) => [cell, adjusted[index]]));
  const joint = question.looks
    ? raceCells(runs, question, {
      cells: cells.map(({ cell }) => cell),
      looks: question.looks,
    }).standings
    : jointResults(cells, repeats, question);
  return alone.map((comparison) => {
    const { cell, pValue } = comparison;
    const { verdict = "undecided" as const, result } = joint.get(cell) ?? {};
    return {
      ...comparison,
      // Of the baseline's own run there is no test: its differences are 0, and so p = 1.
      pHolm: pValue === undefined ? undefined : adjustedOf.get(repeats.get(cell) ?? cell) ?? pValue,
      verdict,
      ciLowSimultaneous: result?.interval?.low,
      ciHighSimultaneous: result?.interval?.high,
      pAdjusted: result?.pAdjusted,
    };
  });
}

function lone(
  { cell, differences, interval, sample }: PairedCell,
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
  signFlips: SignFlips,
): LoneComparison {
  const { mean, ciLow, ciHigh } = interval;
  const n = differences.length;
  if (mean === undefined) return { cell, baseline, n };
  const comparison = {
    cell,
    baseline,
    n,
    meanDifference: mean,
    probabilityBetter: shareBetter(differences, isLargerBetter(metric)),
  };
  if (!sample) return comparison;
  return {
    ...comparison,
    ...(isConstant(sample) ? {} : { ciLow, ciHigh }),
    pValue: differencePValue(sample, overlap),
    pSignFlip: signFlips.pValue(differences),
  };
}

/** The results of cells with two or more pairs; those that are the same run count once. */
function jointResults(
  cells: readonly PairedCell[],
  repeats: ReadonlyMap<string, string>,
  question: ComparedQuestion,
): Map<string, JointResult> {
  const tested = cells.flatMap(({ cell, sample }) =>
    sample && !repeats.has(cell) ? [{ cell, sample }] : []
  );
  const asked = { ...question, largerIsBetter: isLargerBetter(question.metric) };
  const results = simultaneous(tested.map(({ sample }) => sample), question);
  const resultOf = new Map(tested.map(({ cell }, index) => [cell, results[index]]));
  return new Map(cells.flatMap(({ cell, sample }) => {
    if (!sample) return [];
    const result = resultOf.get(repeats.get(cell) ?? cell) ?? BASELINES_RUN;
    return [[cell, { verdict: verdictOf(sample, result, asked), result }]];
  }));
}

/** Of a cell that is the baseline's run there is no test. */
const BASELINES_RUN: SimultaneousResult = { pAdjusted: 1 };

/** The share of differences in the better direction; a difference of 0 counts half. */
function shareBetter(differences: readonly number[], largerIsBetter: boolean): number {
  const better = differences.filter((difference) =>
    largerIsBetter ? difference > 0 : difference < 0
  );
  const ties = differences.filter((difference) => difference === 0);
  return (better.length + ties.length / 2) / differences.length;
}
