import type { Dataset } from "../../dataset/dataset.ts";
import { plainPreparation } from "../../dataset/preparation.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { finishRun } from "../finish_run.ts";
import { kernelsIn } from "../kernels_in.ts";
import { onDataset } from "../on_dataset.ts";
import type { Evaluation } from "../run_result.ts";
import { pictureUnits } from "../strongest_units.ts";
import { layerParameters, type TrainedLayer } from "../trained_layer.ts";
import type {
  Train,
  TrainerContext,
  Training,
  TrainingData,
  TrainingListener,
  TrainingTask,
} from "../trainer.ts";
import type { Matrix } from "./_matrix.ts";
import { sum } from "./_numpy_reductions.ts";
import { notebookConfig } from "./notebook_config.ts";
import { type NotebookRun, runNotebook } from "./run_notebook.ts";

/** The `notebook` trainer on one dataset, its kernels and memory kept between runs. */
export function loadNotebook(context: TrainerContext): Train {
  const kernels = kernelsIn(context, "f64");
  return onDataset(context, (dataset, task, listener) => {
    return trainNotebook(kernels, dataset, task, listener);
  });
}

/**
 * Trains as the notebook does, with its own split and standardization; it ignores the task's.
 *
 * NaN does not stop training. A run has diverged if any of its final losses and sums is not finite.
 * This can be only the loss, which becomes NaN as soon as a probability is exactly 0 or 1.
 *
 * @throws {UserError} If the seed is not one of NumPy's.
 */
async function trainNotebook(
  kernels: Kernels,
  dataset: Dataset,
  { config, seed, scoresTest, measures }: TrainingTask,
  { onEvaluation, onLine }: TrainingListener = {},
): Promise<Training> {
  const named = notebookConfig(config);
  const evaluations: Evaluation[] = [];
  const started = performance.now();
  const run = runNotebook(kernels, { dataset, config: named, seed, scoresTest, measures }, {
    print: onLine,
    onEvaluation(evaluation) {
      evaluations.push(evaluation);
      onEvaluation?.(evaluation);
    },
  });
  const trainSeconds = (performance.now() - started) / 1000;

  const layers = layersOf(run);
  const parameters = layerParameters(layers);
  const weightL1 = sumOverWeights(layers, Math.abs);
  const weightL2 = Math.sqrt(sumOverWeights(layers, (weight) => weight * weight));
  const last = evaluations[evaluations.length - 1].measures;
  const sums = [last.train_loss, last.validation_loss, last.penalty, weightL1, weightL2];
  const result = await finishRun(parameters, {
    status: sums.every(Number.isFinite) ? "completed" : "diverged",
    // The last step updates the weights too.
    steps: named.maxSteps + 1,
    evaluations,
    measures: { "weight_l1": weightL1, "weight_l2": weightL2 },
    trainSeconds,
  });
  const test = run.test && { ...run.test, units: pictureUnits(dataset, parameters) };
  return { result, test, parameters, data: () => dataOf(run, dataset) };
}

/** Departure 6: a bias is one number for all units; departure 10: the output has no bias. */
function layersOf({ wxh0, whh1, why, b0, b1 }: NotebookRun): TrainedLayer[] {
  const layer = ({ rows, columns, values }: Matrix, bias: number) => ({
    inputs: rows,
    outputs: columns,
    weight: values,
    bias: new Float64Array(columns).fill(bias),
  });
  return [layer(wxh0, b0), layer(whh1, b1), layer(why, 0)];
}

function sumOverWeights(layers: readonly TrainedLayer[], term: (weight: number) => number): number {
  return layers.reduce((total, { weight }) => total + sum(Float64Array.from(weight, term)), 0);
}

function dataOf({ rows, mean, deviation }: NotebookRun, dataset: Dataset): TrainingData {
  return { rows, ...plainPreparation(dataset, mean, deviation) };
}
