import { rowWriter } from "../../dataset/preparation.ts";
import { outputCount } from "../../dataset/output_count.ts";
import { measuredKeys } from "../../measures/metrics.ts";
import { mostLikely } from "../average_predictions.ts";
import type { ModuleCode } from "../own_code.ts";
import type { ModelToUse, PredictedRows, Predictor, RowsToPredict } from "../predictor.ts";
import type { TrainerContext } from "../trainer.ts";
import { ModuleRealm } from "./_module_realm.ts";
import { predictInRealm } from "./_predict_in_realm.ts";
import { measureScores } from "./_predicted_measures.ts";

/**
 * Predicts with models of a module, which does so in a thread without permissions.
 *
 * @throws {TypeError} If the context has no functions of exact_math.ts.
 */
export async function modulePredictor(
  code: ModuleCode,
  { math }: TrainerContext,
): Promise<Predictor> {
  if (!math) throw new TypeError("Cannot predict: this context has no math");
  const realm = await ModuleRealm.open(code, math);
  return {
    predict: (model, rows) => predictModule(realm, model, rows),
    [Symbol.dispose]: () => realm.end(),
  };
}

/** @throws {RunFailure} If the module throws, or returns no predictions. */
async function predictModule(
  realm: ModuleRealm,
  model: ModelToUse,
  { table, numbers, measures, positive }: RowsToPredict,
): Promise<PredictedRows> {
  const { preparation } = model;
  const rows = { numbers, writeRow: rowWriter(table, preparation) };
  const scores = await predictInRealm(realm, model, table, rows);
  const targets = Float64Array.from(numbers, (row) => table.targets[row]);
  const keys = measures && measuredKeys(table.task, measures);
  const measured = keys
    ? measureScores(scores, { ...{ table, targets, keys, positive }, target: preparation.target })
    : {};
  if (table.task === "regression") return { scores, measures: measured };
  const width = outputCount(table);
  const predicted = Int32Array.from(numbers, (_, row) => mostLikely(scores, row * width, width));
  return { scores, predicted, measures: measured };
}
