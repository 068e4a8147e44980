import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/** One line of runs.csv. */
export interface RunRow {
  /** The run's key in the store. */
  readonly run: string;
  /** The cell's name. */
  readonly cell: string;
  readonly replicate: number;
  readonly seed: number;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  readonly status: "completed" | "diverged" | "failed";
  /**
   * By column, `steps` and `best_step` among them; NaN and infinities where the run diverged. Absent
   * where it failed.
   */
  readonly measures?: Readonly<Record<string, number>>;
  /** SHA-256 over the final weights and the curve, in hex; absent where the run failed. */
  readonly digest?: string;
}

/** One line of halving.csv: a cell in one of the comparisons that not all cells outlast. */
export interface HalvingRow {
  /** After how many steps. */
  readonly step: number;
  /** The cell's name. */
  readonly cell: string;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** Its runs that had not diverged by then. */
  readonly n: number;
  /** Of the metric that cells are ranked by, over those runs; NaN if there are none. */
  readonly mean: number;
  /** False: its runs were stopped. */
  readonly isKept: boolean;
}

/** One line of curves.csv: the state of a run before update `step`. */
export interface CurveRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly step: number;
  /** By column. */
  readonly measures: Readonly<Record<string, number>>;
}

/** One line of confusion.csv: test rows of a class that a run takes for one, or another, class. */
export interface ConfusionRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly seed: number;
  /** Classes, as the dataset names them. */
  readonly actual: string;
  readonly predicted: string;
  /** At least 1. */
  readonly count: number;
}

/** One line of units.csv: the weights into a strong unit of a run's first layer. */
export interface UnitRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly cell: string;
  readonly seed: number;
  /** Its place in the layer, from 0. */
  readonly unit: number;
  /** By feature, in the dataset's order. */
  readonly weights: readonly number[];
}

/** One line of histograms.csv: a layer's final weights, counted in equal bins. */
export interface HistogramRow {
  /** The run's key in the store. */
  readonly run: string;
  /** From 0. */
  readonly layer: number;
  /** The least and the greatest weight; NaN where some weight is not finite. */
  readonly minimum: number;
  readonly maximum: number;
  /** By bin, from the least weight to the greatest; none where some weight is not finite. */
  readonly counts: readonly number[];
}
