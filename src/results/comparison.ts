/** All verdicts, in the order in which they are counted. */
export const VERDICTS: readonly Verdict[] = ["better", "worse", "equivalent", "undecided"];
/**
 * How a cell compares with the baseline.
 *
 * `better` and `worse`: its simultaneous interval leaves out 0. `equivalent`: it does not, and lies
 * within ±equivalence. `undecided`: all other cases.
 */
export type Verdict = "better" | "worse" | "equivalent" | "undecided";

/** The probability that any verdict of a sweep may be wrong. */
export const SIGNIFICANCE = 0.05;

/** One cell against the baseline, paired by seed: one line of comparisons.csv. */
export interface Comparison {
  /** The compared cell. */
  readonly cell: string;
  /** The baseline's cell. */
  readonly baseline: string;
  /** Number of seeds that completed in both cells. */
  readonly n: number;
  /** Of the metric, cell − baseline; this and `probabilityBetter` are absent without pairs. */
  readonly meanDifference?: number;
  /**
   * 95% t-interval of the mean difference; absent for fewer than two pairs, and if all pairs differ
   * by the same amount, because then there is no spread to estimate the error from.
   */
  readonly ciLow?: number;
  /** The upper end of that interval. */
  readonly ciHigh?: number;
  /** Two-sided, for no difference; this and the next two are absent for fewer than two pairs. */
  readonly pValue?: number;
  /** `pValue` after Holm's correction for all compared cells. */
  readonly pHolm?: number;
  /** Two-sided, from a sign-flip test; it does not correct for the overlap between seeds. */
  readonly pSignFlip?: number;
  /** Share of seeds on which the cell does better than the baseline, ties counted half. */
  readonly probabilityBetter?: number;
  /** What the simultaneous interval shows. */
  readonly verdict: Verdict;
  /**
   * Interval of the mean difference that holds together with those of all other cells: all of them
   * cover the true differences with a probability of 95%. Absent where the other interval is, and in
   * files of earlier versions.
   */
  readonly ciLowSimultaneous?: number;
  /** The upper end of that interval. */
  readonly ciHighSimultaneous?: number;
  /** Below 0.05 exactly if that interval leaves out 0; absent for fewer than two pairs. */
  readonly pAdjusted?: number;
}
