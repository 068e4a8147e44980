import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/** Summary of one cell's runs: one line of cells.csv. */
export interface CellSummary {
  /** Its name. */
  readonly cell: string;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** Number of completed runs with a value of the metric, from which its mean is computed. */
  readonly n: number;
  /** Mean of the metric; absent without such a run. */
  readonly mean?: number;
  /** Sample standard deviation of the metric; absent for fewer than two of them. */
  readonly sd?: number;
  /** 95% t-interval of the metric's mean; absent for fewer than two of them. */
  readonly ciLow?: number;
  /** The upper end of that interval. */
  readonly ciHigh?: number;
  /**
   * Mean of every measure in runs.csv, by column, over the completed runs with a value of it; empty
   * if no run completed.
   */
  readonly means: Readonly<Partial<Record<string, number>>>;
  /** Number of runs that diverged. */
  readonly diverged: number;
  /** Number of runs that failed. */
  readonly failed: number;
}
