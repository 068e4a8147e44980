import { isLargerBetter } from "../measures/metrics.ts";
import { type Comparison, SIGNIFICANCE, type Verdict } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import {
  differencePValue,
  type DifferenceSample,
  isConstant,
  isEquivalent,
} from "./_difference_sample.ts";
import { meanInterval } from "./_mean_interval.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import { correctedTests } from "./corrected_tests.ts";
import { holm } from "./holm.ts";
import type { Question } from "./question.ts";
import { sameRuns } from "./same_runs.ts";
import { SignFlips } from "./sign_flips.ts";

/** A comparison before the correction for multiple comparisons. */
interface Pairing {
  readonly comparison: Omit<Comparison, "verdict" | "pHolm">;
  /** Absent for fewer than two pairs. */
  readonly sample?: DifferenceSample;
}

/**
 * Compares every other cell with the baseline, in the order in which the cells first appear.
 *
 * Runs are paired by seed and fold: the two runs of a pair share split, initial weights and batches, so
 * that the effect of these cancels out. A pair that did not complete is left out.
 */
export function compareWithBaseline(
  runs: readonly RunRow[],
  question: Pick<Question, "metric" | "baseline" | "equivalence" | "overlap">,
): Comparison[] {
  const { metric, baseline } = question;
  const cells = runsByCell(runs);
  const reference = metricByReplicate(cells.get(baseline) ?? [], metric);
  const signFlips = new SignFlips();
  const pairings = [...cells].filter(([cell]) => cell !== baseline).map(([cell, rows]) => {
    const differences: number[] = [];
    for (const [replicate, value] of metricByReplicate(rows, metric)) {
      const paired = reference.get(replicate);
      if (paired !== undefined) differences.push(value - paired);
    }
    return pair({ cell, differences }, question, signFlips);
  });

  const repeats = sameRuns(runs, question);
  const tests = correctedTests(pairings.map(({ comparison }) => comparison), repeats);
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  const adjustedOf = new Map(tests.map(({ cell }, index) => [cell, adjusted[index]]));
  return pairings.map(({ comparison, sample }) => {
    const { cell, pValue } = comparison;
    // Of the baseline's own run there is no test: its differences are 0, and so p = 1.
    const pHolm = pValue === undefined
      ? undefined
      : adjustedOf.get(repeats.get(cell) ?? cell) ?? pValue;
    return { ...comparison, pHolm, verdict: verdictOf(sample, pHolm, question) };
  });
}

function pair(
  { cell, differences }: { readonly cell: string; readonly differences: readonly number[] },
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
  signFlips: SignFlips,
): Pairing {
  const n = differences.length;
  const { mean, sd, ciLow, ciHigh } = meanInterval(differences, overlap);
  if (mean === undefined) return { comparison: { cell, baseline, n } };
  const comparison = {
    cell,
    baseline,
    n,
    meanDifference: mean,
    probabilityBetter: shareBetter(differences, isLargerBetter(metric)),
  };
  if (sd === undefined) return { comparison };
  const sample = { n, mean, sd };
  return {
    comparison: {
      ...comparison,
      ...(isConstant(sample) ? {} : { ciLow, ciHigh }),
      pValue: differencePValue(sample, overlap),
      pSignFlip: signFlips.pValue(differences),
    },
    sample,
  };
}

/** The share of differences in the better direction; a difference of 0 counts half. */
function shareBetter(differences: readonly number[], largerIsBetter: boolean): number {
  const better = differences.filter((difference) =>
    largerIsBetter ? difference > 0 : difference < 0
  );
  const ties = differences.filter((difference) => difference === 0);
  return (better.length + ties.length / 2) / differences.length;
}

/**
 * The verdict on a cell. Significance takes precedence over equivalence: a small difference can have
 * both.
 *
 * @param sample Absent for fewer than two pairs, as is `pHolm`.
 */
function verdictOf(
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
