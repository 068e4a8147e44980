import type { Dataset } from "../dataset/dataset.ts";
import type { Preparation } from "../dataset/preparation.ts";
import type { Config } from "./hyperparameter.ts";
import type { Parameter } from "./training.ts";

/** A finished model. */
export interface ModelToUse {
  readonly config: Config;
  /** As `Training` has them. */
  readonly parameters: readonly Parameter[];
  /** How many rows it was trained on. */
  readonly trainRows: number;
  /** How rows become its inputs. */
  readonly preparation: Preparation;
}

/** What a model needs to know of a table to predict its rows. */
export type TableToPredict = Pick<
  Dataset,
  "task" | "values" | "sources" | "targets" | "columns" | "featureNames" | "classes"
>;

/** Rows to predict. */
export interface RowsToPredict {
  readonly table: TableToPredict;
  /** Which rows of the table. */
  readonly numbers: Int32Array;
  /**
   * Keys of measures besides the default ones: each of the rows has a target then. If absent, nothing is
   * measured.
   */
  readonly measures?: readonly string[];
  /** The class that measures of one of two classes are of. */
  readonly positive?: number;
}

/** What a model predicts, row by row. */
export interface PredictedRows {
  /** Class probabilities (rows, classes), row-major, or quantities in their own units (rows). */
  readonly scores: Float64Array;
  /** (rows): numbers of classes; absent for quantities. */
  readonly predicted?: Int32Array;
  /** By key; none if nothing was to be measured. */
  readonly measures: Readonly<Record<string, number>>;
}

/**
 * Predicts rows with finished models, as evaluations of their runs do, to the bit; disposing of it ends
 * what it keeps.
 */
export interface Predictor extends Disposable {
  /** @throws {UnfitState} If the parameters are not those of such a model. */
  predict(model: ModelToUse, rows: RowsToPredict): Promise<PredictedRows>;
}
