import type { UnknownValues } from "../dataset/columns/new_columns.ts";
import { featureNamesOf } from "../dataset/feature_names.ts";
import { readDatasetBytes } from "../dataset/read_dataset.ts";
import { readNewTable } from "../dataset/read_new_table.ts";
import type { Task } from "../measures/measure.ts";
import { measuresOf } from "../measures/metrics.ts";
import { sha256 } from "../sha256.ts";
import { averagePredictions } from "../trainers/average_predictions.ts";
import type { PredictedRows, RowsToPredict, TableToPredict } from "../trainers/predictor.ts";
import { RunFailure } from "../trainers/run_failure.ts";
import { UnfitState } from "../trainers/unfit_state.ts";
import { UserError } from "../user_error.ts";
import { openPredictor, type PredictorOptions } from "./open_predictor.ts";
import { type ModelFile, readModels } from "./read_models.ts";

/** A model that predicts. */
export interface UsedModel {
  /** Its file. */
  readonly path: string;
  /** The name of its trainer. */
  readonly trainer: string;
  /** The name of its cell. */
  readonly cell: string;
  /** Its run's. */
  readonly seed: number;
  /** From 1; absent without folds. */
  readonly fold?: number;
}

/** What is predicted of a row. */
export interface RowPrediction {
  /** Its number in the table, from 1. */
  readonly row: number;
  /** What names it, if the models' table had a column that does, and the new one has it, too. */
  readonly id?: string;
  /** The target that the table has: a class, or a quantity; absent if it has none in this row. */
  readonly actual?: string | number;
  /** The class that is most likely, or the quantity. */
  readonly predicted: string | number;
  /** Of each class, in the order of `classes`; absent for quantities. */
  readonly probabilities?: readonly number[];
}

/** How good predictions are, on the rows that have a target. */
export interface PredictionScore {
  /** How many have one. */
  readonly rows: number;
  /** By the measures' keys: `accuracy`, `loss` and so on; NaN where one is not defined. */
  readonly measures: Readonly<Record<string, number>>;
}

/** What models predict of a table. */
export interface TablePredictions {
  /** In the order of their names. */
  readonly models: readonly UsedModel[];
  /** What they predict: classes or quantities. */
  readonly task: "classification" | "regression";
  /** The name of the column that they predict. */
  readonly target: string;
  /** The names of the classes; empty for quantities. */
  readonly classes: readonly string[];
  /** A prediction of each row, in the table's order. */
  readonly rows: readonly RowPrediction[];
  /** Absent if the table has no targets. */
  readonly score?: PredictionScore;
  /** Values of categories that no training row had, by column. */
  readonly unknown: readonly UnknownValues[];
  /** Names of columns that the models' table does not have. */
  readonly ignored: readonly string[];
  /** True if columns were matched by their places, since the table has no header. */
  readonly isByPlace: boolean;
  /** True if it is the very file that the models have learned from. */
  readonly isTrainingTable: boolean;
}

/**
 * Predicts the rows of a table with a model, or with the mean of several: of their probabilities, or of
 * their quantities.
 *
 * @param path A file that `exportModel()` wrote, or a folder of such files.
 * @throws {UserError} If a file cannot be read, a model cannot predict, a column that it needs is missing,
 * or a cell cannot be used.
 */
export async function predictTable(
  path: string,
  tablePath: string,
  options: PredictorOptions = {},
): Promise<TablePredictions> {
  const models = await readModels(path);
  const [{ task, learned: { table: learnedTable, classes } }] = models;
  const sources = sourcesOf(models);
  using predictor = await openPredictor(models, options);
  const bytes = await readDatasetBytes(tablePath);
  const checksum = sha256(bytes);
  const read = await readNewTable(bytes, tablePath, { table: learnedTable, sources, classes });
  const { values, targets, rows: count, labelled, ids } = read;
  const featureNames = featureNamesOf(sources);
  const table: TableToPredict = {
    ...{ task, values, sources, targets, classes, featureNames },
    columns: featureNames.length,
  };
  const all = Int32Array.from({ length: count }, (_, row) => row);
  const withTarget = all.filter((row) => !Number.isNaN(targets[row]));
  const measures = measuredBeside(task, classes.length);
  const { positive } = learnedTable;
  const predict = async (numbers: Int32Array, isMeasured: boolean): Promise<PredictedRows> => {
    const rows: RowsToPredict = { table, numbers, positive, ...isMeasured && { measures } };
    const predicted: PredictedRows[] = [];
    for (const model of models) {
      predicted.push(await usable(model, () => predictor.predict(model, rows)));
    }
    return predicted.length === 1 ? predicted[0] : averagePredictions(predicted, rows);
  };
  const isAllScored = labelled === count;
  const { scores, predicted, measures: found } = await predict(all, isAllScored);
  const measured = isAllScored || labelled === 0
    ? found
    : (await predict(withTarget, true)).measures;
  const width = classes.length;
  return {
    models: models.map(({ path, trainer, cell, seed, fold }) => {
      return { path, trainer, cell, seed, ...fold !== undefined && { fold } };
    }),
    task,
    target: learnedTable.columns.find(({ use }) => use === "target")?.name ?? "",
    classes,
    rows: Array.from(all, (row): RowPrediction => {
      const target = targets[row];
      const hasTarget = !Number.isNaN(target);
      const id = ids?.[row];
      const known = { row: row + 1, ...id !== undefined && { id } };
      if (!predicted) {
        return { ...known, ...hasTarget && { actual: target }, predicted: scores[row] };
      }
      return {
        ...known,
        ...hasTarget && { actual: classes[target] },
        predicted: classes[predicted[row]],
        probabilities: [...scores.subarray(row * width, (row + 1) * width)],
      };
    }),
    ...labelled > 0 && { score: { rows: labelled, measures: inOrder(measured, task) } },
    unknown: read.unknown,
    ignored: read.ignored,
    isByPlace: read.isByPlace,
    isTrainingTable: await checksum === learnedTable.checksum,
  };
}

/** The columns that models learned from; a category is untrained if no training row of some model had it. */
function sourcesOf(models: readonly ModelFile[]) {
  const [{ learned: { sources } }] = models;
  return sources.map((source, index) => {
    const untrained = models.flatMap(({ learned }) => [...learned.sources[index].untrained]);
    return { ...source, untrained: new Set(untrained) };
  });
}

/** Keys of all measures of a task beside the default ones. */
function measuredBeside(task: Task, classes: number): string[] {
  return measuresOf(task)
    .filter(({ isDefault, needsTwoClasses }) => !isDefault && (!needsTwoClasses || classes === 2))
    .map(({ key }) => key);
}

function inOrder(
  measures: Readonly<Record<string, number>>,
  task: Task,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    measuresOf(task).flatMap(({ key }) => key in measures ? [[key, measures[key]]] : []),
  );
}

/** @throws {UserError} If the model's parameters are not those of its trainer's models, or a module fails. */
async function usable<T>({ path }: ModelFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isKnown = error instanceof UnfitState || error instanceof RunFailure;
    if (!isKnown) throw error;
    throw new UserError(
      `Cannot predict with ${path}: ${error.message}`,
      error instanceof RunFailure ? 1 : 2,
    );
  }
}
