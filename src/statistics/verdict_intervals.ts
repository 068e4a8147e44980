import { type Comparison, SIGNIFICANCE } from "../results/comparison.ts";
import { type DifferenceSample, EQUIVALENCE_CONFIDENCE, sampleOf } from "./_difference_sample.ts";
import { marginOf } from "./_mean_interval.ts";
import { correctedTests } from "./corrected_tests.ts";
import { holmDivisors } from "./holm.ts";
import type { Question } from "./question.ts";

/** Both ends of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The intervals of a mean difference that its verdict rests on. */
export interface VerdictIntervals {
  /**
   * With the confidence of its step in Holm's correction, at least 95%: leaves out 0 exactly if the
   * cell is `better` or `worse`. With one comparison, it is the 95% interval.
   */
  readonly corrected: Interval;
  /** 90%: lies within ±equivalence exactly if the cell is `equivalent`, unless it is decided so. */
  readonly equivalence: Interval;
}

/**
 * Intervals that never contradict the verdicts, as an unadjusted 95% interval can.
 *
 * @param repeats Cells that are the same run as another: see `sameRuns()`.
 * @returns By cell; those without an interval are left out.
 */
export function verdictIntervals(
  comparisons: readonly Comparison[],
  { overlap }: Pick<Question, "overlap">,
  repeats: ReadonlyMap<string, string>,
): Map<string, VerdictIntervals> {
  const tests = correctedTests(comparisons, repeats);
  const divisors = holmDivisors(tests.map(({ pValue }) => pValue), SIGNIFICANCE);
  const divisorOf = new Map(tests.map(({ cell }, index) => [cell, divisors[index]]));
  return new Map(comparisons.flatMap((comparison) => {
    const { cell, ciLow } = comparison;
    const sample = sampleOf(comparison, overlap);
    const divisor = divisorOf.get(repeats.get(cell) ?? cell);
    if (!sample || ciLow === undefined || divisor === undefined) return [];
    return [[cell, {
      corrected: intervalOf(sample, overlap, 1 - SIGNIFICANCE / divisor),
      equivalence: intervalOf(sample, overlap, EQUIVALENCE_CONFIDENCE),
    }]];
  }));
}

function intervalOf(sample: DifferenceSample, overlap: number, confidence: number): Interval {
  const margin = marginOf(sample, overlap, confidence);
  return { low: sample.mean - margin, high: sample.mean + margin };
}
