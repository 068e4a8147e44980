import type { TablePredictions } from "../predict/predict_table.ts";

/** How a table is predicted. */
export interface PredictOptions {
  /** The file of the module that trained the models; none if regsweep comes with their trainer. */
  readonly trainer?: string;
}

/**
 * Predicts the rows of a new table with a saved model, or with the mean of several. Columns are matched by
 * name. If the table has the target, too, the predictions are scored.
 *
 * @example
 * ```ts
 * import { exportModels, predictTable, readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { seeds: "2" });
 * await sweepExperiment(experiment);
 * await exportModels("reports/quick", { out: "models" });
 * const { rows, score } = await predictTable("models", "data/digits.csv");
 * console.log(rows[0].predicted, rows[0].probabilities, score?.measures.accuracy);
 * ```
 *
 * @param model A file that `exportModels()` wrote, or a folder of such files.
 * @param table The table's file.
 * @throws {UserError} If nothing can be predicted with a model, a column that it needs is missing, or a
 * cell cannot be used: every problem at once, each with its place.
 */
export async function predictTable(
  model: string,
  table: string,
  options: PredictOptions = {},
): Promise<TablePredictions> {
  const { predictTable: predict } = await import("../predict/predict_table.ts");
  return await predict(model, table, { module: options.trainer });
}

/**
 * Writes predictions as the text of a CSV file, in which no spreadsheet finds formulas.
 *
 * @example
 * ```ts
 * import { predictionsCsv, type TablePredictions } from "@regsweep/regsweep";
 *
 * const predictions: Pick<TablePredictions, "rows" | "classes"> = {
 *   classes: ["no", "yes"],
 *   rows: [{ row: 1, predicted: "yes", probabilities: [0.25, 0.75] }],
 * };
 * console.log(await predictionsCsv(predictions));
 * ```
 */
export async function predictionsCsv(
  predictions: Pick<TablePredictions, "rows" | "classes" | "score">,
): Promise<string> {
  const { predictionsText } = await import("../predict/predictions_text.ts");
  return predictionsText(predictions);
}
