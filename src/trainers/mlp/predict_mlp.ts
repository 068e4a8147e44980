import { outputCount } from "../../dataset/output_count.ts";
import { rowWriter } from "../../dataset/preparation.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { kernelsIn } from "../kernels_in.ts";
import type { ModelToUse, PredictedRows, Predictor, RowsToPredict } from "../predictor.ts";
import type { TrainerContext } from "../trainer.ts";
import { predictAndMeasure, predictRows } from "./_evaluate.ts";
import { fillTargetsOf } from "./row_targets.ts";
import { layOutPrediction } from "./_run_layout.ts";
import { fillRows } from "./_training_rows.ts";
import { Arena } from "./arena.ts";
import { mlpConfig } from "./mlp_config.ts";

/** Predicts with models of the `mlp` trainer. */
export function mlpPredictor(context: TrainerContext): Predictor {
  const kernels = kernelsIn(context, "f32");
  return {
    predict: (model, rows) => Promise.try(() => predictMlp(kernels, model, rows)),
    [Symbol.dispose]() {},
  };
}

/**
 * @throws {UnfitState} If the parameters are not those of a model with this config.
 * @throws {UserError} If there are more rows than memory allows.
 */
function predictMlp(
  kernels: Kernels,
  { config: given, parameters, trainRows, preparation }: ModelToUse,
  { table, numbers, measures, positive }: RowsToPredict,
): PredictedRows {
  const config = mlpConfig(given);
  const classes = outputCount(table);
  const arena = new Arena();
  const { rows, model, capacity } = layOutPrediction(kernels, arena, config, {
    ...{ trainRows, rows: numbers.length, columns: table.columns, classes },
  });
  arena.allocate(kernels.memory);
  model.ensemble.load(parameters);
  fillRows(kernels, rows, numbers, rowWriter(table, preparation));
  const scale = classes > 1 ? undefined : preparation.target;
  const evaluated = {
    kernels,
    model,
    capacity,
    classes,
    scale,
    measures: measures ?? [],
    positive,
  };
  if (!measures) return predictRows(evaluated, rows);
  const { targets } = table;
  fillTargetsOf(kernels, rows, targets, numbers, { classes, scale: preparation.target });
  const truth = scale && Float64Array.from(numbers, (row) => targets[row]);
  return predictAndMeasure(evaluated, { rows, truth });
}
