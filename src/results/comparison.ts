/**
 * How a cell compares with the baseline.
 *
 * `better` and `worse`: Holm's adjusted p-value is below 0.05. `equivalent`: it is not, and the 90%
 * interval lies within ±equivalence, without a correction for many cells. `undecided`: none of
 * these.
 */
export const VERDICTS = ["better", "worse", "equivalent", "undecided"] as const;
export type Verdict = typeof VERDICTS[number];

/** A comparison whose adjusted p-value is below this is `better` or `worse`. */
export const SIGNIFICANCE = 0.05;

/** One cell against the baseline, paired by seed: one line of comparisons.csv. */
export interface Comparison {
  readonly cell: string;
  /** The baseline's cell. */
  readonly baseline: string;
  /** Seeds that completed in both cells. */
  readonly n: number;
  /** Of the metric, cell − baseline; this and the two last figures are absent without pairs. */
  readonly meanDifference?: number;
  /**
   * 95% t-interval of the mean difference; absent for fewer than two pairs, and where all pairs
   * differ by the same, which leaves no spread to measure chance.
   */
  readonly ciLow?: number;
  readonly ciHigh?: number;
  /** Two-sided, for no difference; absent for fewer than two pairs, as is the next. */
  readonly pValue?: number;
  /** The same after Holm's correction for all cells compared. */
  readonly pHolm?: number;
  /** Two-sided, by the signs of the differences alone; it does not allow for the seeds' overlap. */
  readonly pSignFlip?: number;
  /** Share of seeds on which the cell does better than the baseline, ties counted half. */
  readonly probabilityBetter?: number;
  readonly verdict: Verdict;
}
