import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/** Summary of one cell's runs: one line of cells.csv. */
export interface CellSummary {
  readonly cell: string;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** Number of completed runs, from which the means are computed. */
  readonly n: number;
  /** Mean of the metric; absent if no run completed. */
  readonly mean?: number;
  /** Sample standard deviation of the metric; absent for fewer than two completed runs. */
  readonly sd?: number;
  /** 95% t-interval of the metric's mean; absent for fewer than two completed runs. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
  /** Mean of every measure in runs.csv, by column; empty if no run completed. */
  readonly means: Readonly<Partial<Record<string, number>>>;
  readonly diverged: number;
  readonly failed: number;
}
