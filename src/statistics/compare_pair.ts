import { SIGNIFICANCE, type Verdict } from "../results/comparison.ts";
import { type DifferenceSample, isConstant, signPValue } from "./_difference_sample.ts";
import { verdictOf, type VerdictQuestion } from "./_verdict.ts";
import { type Interval, intervalAround, standardErrorOf } from "./interval.ts";
import { meanAndDeviation } from "./mean.ts";

// The page of a report computes with this file, so it imports nothing but plain arithmetic.

/** A cell's metric, by replicate, in the order of the seeds and folds; of the runs that have it. */
export type ReplicateValues = ReadonlyMap<string, number>;

/** The paired differences of a cell, two or more. */
export interface PairedSample extends DifferenceSample {
  /** By place; NaN where a run of the pair did not complete. */
  readonly values: ArrayLike<number>;
}

/** A cell's differences from another. */
export interface Pairs {
  /** By replicate; of the pairs of which both runs completed, in the order of the seeds and folds. */
  readonly differences: ReplicateValues;
  /** Absent without pairs. */
  readonly mean?: number;
  /** Absent for fewer than two pairs. */
  readonly sample?: PairedSample;
}

/**
 * Pairs the runs of two cells by seed and fold: the two runs of a pair share split, initial weights
 * and batches, so that the effect of these cancels out. A pair that did not complete is left out.
 *
 * @param replicates Where the sample has its values: those of the reference if not given.
 */
export function pairRuns(
  cell: ReplicateValues,
  reference: ReplicateValues,
  replicates: readonly string[] = [...reference.keys()],
): Pairs {
  const values = new Float64Array(replicates.length).fill(NaN);
  const differences = new Map<string, number>();
  replicates.forEach((replicate, place) => {
    const own = cell.get(replicate);
    const other = reference.get(replicate);
    if (own === undefined || other === undefined) return;
    values[place] = own - other;
    differences.set(replicate, own - other);
  });
  const { mean, sd } = meanAndDeviation([...differences.values()]);
  if (mean === undefined || sd === undefined) return { differences, mean };
  return { differences, mean, sample: { values, n: differences.size, mean, sd } };
}

/** The interval of a mean difference that reaches `critical` standard errors to both sides. */
export function differenceInterval(
  sample: DifferenceSample,
  { critical, overlap }: { readonly critical: number; readonly overlap: number },
): Interval {
  return intervalAround(sample.mean, critical * standardErrorOf(sample, overlap));
}

/** What decides on any two cells of a sweep, whichever the reader picks: see `pairCriteria()`. */
export interface PairCriteria extends VerdictQuestion {
  /** As in `Question`. */
  readonly overlap: number;
  /** How many pairs of cells the criteria hold for together. */
  readonly pairs: number;
  /** By numbers of runs, ascending; one if the sweep did not look before its end. */
  readonly looks: readonly PairLook[];
}

/** What decides on pairs of cells that have at most so many runs. */
export interface PairLook {
  /** Runs of the cell that has fewer, whether they completed or not. */
  readonly runs: number;
  /** The probability that any interval of such pairs is wrong. */
  readonly level: number;
  /** By number of pairs that completed, how many standard errors an interval reaches. */
  readonly critical: Readonly<Record<number, number>>;
}

/** A cell's runs, for comparisons with any other cell. */
export interface ComparedCell {
  /** How many it has, completed or not. */
  readonly runs: number;
  readonly values: ReplicateValues;
}

/** How a cell compares with any other. */
export interface PairComparison extends Pairs {
  /** Absent for fewer than two pairs, and if all pairs differ by the same amount. */
  readonly interval?: Interval;
  readonly verdict: Verdict;
}

/**
 * Compares a cell with another that was chosen after the results were seen: all such intervals of a
 * sweep hold together.
 */
export function comparePair(
  cell: ComparedCell,
  reference: ComparedCell,
  criteria: PairCriteria,
): PairComparison {
  const pairs = pairRuns(cell.values, reference.values);
  const { sample } = pairs;
  if (!sample) return { ...pairs, verdict: "undecided" };
  const runs = Math.min(cell.runs, reference.runs);
  const look = criteria.looks.find((look) => runs <= look.runs);
  if (isConstant(sample)) {
    const scale = criteria.pairs * SIGNIFICANCE / (look?.level ?? NaN);
    const pAdjusted = sample.mean === 0 ? 1 : signPValue(sample.n) * scale;
    return { ...pairs, verdict: verdictOf(sample, { pAdjusted }, criteria) };
  }
  const critical = look?.critical[sample.n];
  if (critical === undefined) return { ...pairs, verdict: "undecided" };
  const interval = differenceInterval(sample, { critical, overlap: criteria.overlap });
  return { ...pairs, interval, verdict: verdictOf(sample, { interval, pAdjusted: 1 }, criteria) };
}
