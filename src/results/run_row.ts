import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { Verdict } from "./comparison.ts";

/** One line of runs.csv. */
export interface RunRow {
  /** The run's key in the store; of an imported run, where the table has it: `line 17`. */
  readonly run: string;
  /** The cell's name. */
  readonly cell: string;
  /** The index of its seed, or of its seed and fold, from 0. */
  readonly replicate: number;
  /** What it draws all random numbers from. */
  readonly seed: number;
  /** The fold that it validates on, from 1; absent without folds. */
  readonly fold?: number;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** How it ended. */
  readonly status: "completed" | "diverged" | "failed";
  /**
   * By column, including `steps` and `best_step`, which imported runs do not have; can be NaN or
   * infinite if the run diverged. Absent if it failed.
   */
  readonly measures?: Readonly<Record<string, number>>;
  /** SHA-256 over the final weights and the curve, in hex; absent if the run failed or was imported. */
  readonly digest?: string;
}

/** One line of halving.csv: a cell at one rung, where some cells are stopped. */
export interface HalvingRow {
  /** The rung, in steps. */
  readonly step: number;
  /** The cell's name. */
  readonly cell: string;
  /** By swept key, in the order of the columns. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
  /** Number of its runs that had not diverged by then. */
  readonly n: number;
  /** Mean over those runs of the metric that ranks the cells; absent without runs. */
  readonly mean?: number;
  /** False if its runs were stopped here. */
  readonly isKept: boolean;
}

/**
 * What a look decides of a cell.
 *
 * `decided`: it is better, worse or equivalent. `continued`: it gets more seeds. `few_seeds`: as many
 * as there can be would probably not decide it; `few_rows`: nor would any number of seeds, on these rows.
 * `same_run`: it is the baseline's run. `few_pairs`: on fewer than two seeds, both runs completed.
 * `last_look`: it is undecided with all seeds.
 */
export const LOOK_OUTCOMES = [
  "decided",
  "continued",
  "few_seeds",
  "few_rows",
  "same_run",
  "few_pairs",
  "last_look",
] as const;

/** One line of looks.csv: a cell at one look, where cells get seeds until they are decided. */
export interface LookRow {
  /** Seeds at that look. */
  readonly seeds: number;
  /** The cell's name. */
  readonly cell: string;
  /** Number of pairs that completed by then. */
  readonly n: number;
  /** Cell − baseline, the mean over these pairs; absent without pairs. */
  readonly meanDifference?: number;
  /** Holds together with all others of all looks; absent where comparisons have none. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
  /** Below 0.05 exactly if that interval leaves out 0; absent for fewer than two pairs. */
  readonly pAdjusted?: number;
  readonly verdict: Verdict;
  readonly outcome: typeof LOOK_OUTCOMES[number];
}

/** One line of curves.csv: the state of a run before update `step`. */
export interface CurveRow {
  /** The run's key in the store. */
  readonly run: string;
  /** How many updates came before. */
  readonly step: number;
  /** By column. */
  readonly measures: Readonly<Record<string, number>>;
}

/** One line of confusion.csv: how many test rows of one class a run predicts as a class. */
export interface ConfusionRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly seed: number;
  /** Classes, as the dataset names them. */
  readonly actual: string;
  readonly predicted: string;
  /** At least 1. */
  readonly count: number;
  /**
   * The share of the actual class's test rows that are predicted as it; where both classes are the
   * same. Files of the first version do not have it.
   */
  readonly recall?: number;
}

/** One line of predictions.csv: the quantity that a run predicts for a test row. */
export interface PredictionRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly seed: number;
  /** The row's number in the dataset, from 0. */
  readonly row: number;
  /** In the target's own unit. */
  readonly actual: number;
  readonly predicted: number;
}

/** One line of units.csv: the weights into a strong unit of a run's first layer. */
export interface UnitRow {
  /** The run's key in the store. */
  readonly run: string;
  readonly cell: string;
  readonly seed: number;
  /** Index in the layer, from 0. */
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
  /** The smallest and the largest weight; NaN if a weight is not finite. */
  readonly minimum: number;
  readonly maximum: number;
  /** By bin, from the smallest weight to the largest; empty if a weight is not finite. */
  readonly counts: readonly number[];
}
