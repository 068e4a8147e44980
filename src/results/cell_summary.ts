import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/** What the runs of one cell say together: one line of cells.csv. */
export interface CellSummary {
  readonly cell: string;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** Completed runs: what the means are computed from. */
  readonly n: number;
  /** Of the metric; absent where no run completed. */
  readonly mean?: number;
  /** Sample standard deviation of the metric; absent for fewer than two completed runs. */
  readonly sd?: number;
  /** 95% t-interval of the metric's mean; absent for fewer than two completed runs. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
  /** Of every measure in runs.csv, by column; without values where no run completed. */
  readonly means: Readonly<Partial<Record<string, number>>>;
  readonly diverged: number;
  readonly failed: number;
}
