/** One cell against the baseline, paired by seed: one line of comparisons.csv. */
export interface Comparison {
  readonly cell: string;
  /** The baseline's cell. */
  readonly baseline: string;
  /** Seeds that completed in both cells. */
  readonly n: number;
  /** Of the metric, cell − baseline; absent without pairs. */
  readonly meanDifference?: number;
  /** 95% t-interval of the mean difference; absent for fewer than two pairs. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
}
