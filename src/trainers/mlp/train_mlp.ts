import type { Dataset } from "../../dataset/dataset.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { kernelsIn } from "../kernels_in.ts";
import { type DatasetTask, onDataset } from "../on_dataset.ts";
import type { TestResult } from "../run_result.ts";
import { pictureUnits } from "../strongest_units.ts";
import { trainAlone } from "../train_alone.ts";
import type { Parameter, Train, TrainerContext, Training, TrainingListener } from "../trainer.ts";
import { scoreRows } from "./_evaluate.ts";
import { prepareRun } from "./_prepare_run.ts";
import { SeedStart } from "./_seed_start.ts";
import { mlpConfig } from "./mlp_config.ts";
import { trainMlpStage } from "./train_mlp_stage.ts";

/** The `mlp` trainer on one dataset, its kernels and memory kept between runs. */
export function loadMlp(context: TrainerContext): Train {
  const kernels = kernelsIn(context, "f32");
  const start = new SeedStart(kernels);
  return onDataset(
    context,
    (dataset, task, listener) => trainMlp(kernels, dataset, task, listener, start),
    {
      stage: (dataset, stage, listener) => trainMlpStage(kernels, dataset, stage, listener, start),
      score: (dataset, task, parameters) => scoreMlp(kernels, dataset, task, parameters, start),
    },
  );
}

/**
 * Trains a multilayer perceptron: a stage of one run.
 *
 * @param start What earlier runs in the kernels' memory have left, if nothing else uses it.
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export function trainMlp(
  kernels: Kernels,
  dataset: Dataset,
  task: DatasetTask,
  listener: TrainingListener = {},
  start = new SeedStart(kernels),
): Promise<Training> {
  return trainAlone(task, listener, (stage, listener) => {
    return trainMlpStage(kernels, dataset, stage, listener, start);
  });
}

/**
 * Scores a model on the test rows; undefined if there are none.
 *
 * @throws {UserError} If the dataset has too few rows for the split.
 * @throws {UnfitState} If the parameters are not those of the task's model.
 */
function scoreMlp(
  kernels: Kernels,
  dataset: Dataset,
  task: DatasetTask,
  parameters: readonly Parameter[],
  start: SeedStart,
): TestResult | undefined {
  const config = mlpConfig(task.config);
  const run = prepareRun(kernels, dataset, { task: { ...task, scoresTest: true }, config, start });
  if (!run.test) return undefined;
  run.model.ensemble.load(parameters);
  return { ...scoreRows(run), units: pictureUnits(dataset, parameters) };
}
