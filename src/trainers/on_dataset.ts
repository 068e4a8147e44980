import type { Dataset } from "../dataset/dataset.ts";
import type { PreparationOptions } from "../dataset/preparation_options.ts";
import type { SplitOptions } from "../dataset/split_options.ts";
import type { TestResult } from "./run_result.ts";
import type {
  Parameter,
  Train,
  TrainerContext,
  Training,
  TrainingListener,
  TrainingTask,
} from "./trainer.ts";
import type { StageListener, TrainingStage, TrainingState } from "./training_stage.ts";

/** A task of a run that has a dataset. */
export type DatasetTask = TrainingTask & PreparationOptions & { readonly split: SplitOptions };

/** A stage of runs that have a dataset. */
export interface DatasetStage extends TrainingStage {
  readonly tasks: readonly DatasetTask[];
}

/** What else trainers can do with runs on a dataset: the members of `Train`. */
export interface OnDataset {
  stage?(
    dataset: Dataset,
    stage: DatasetStage,
    listener: StageListener,
  ): Promise<TrainingState | undefined>;
  score?(
    dataset: Dataset,
    task: DatasetTask,
    parameters: readonly Parameter[],
  ): TestResult | undefined;
}

/** Trains runs on a context's dataset, for trainers that need one. */
export function onDataset(
  { dataset }: Pick<TrainerContext, "dataset">,
  train: (
    dataset: Dataset,
    task: DatasetTask,
    listener?: TrainingListener,
  ) => Promise<Training>,
  { stage, score }: OnDataset = {},
): Train {
  if (!dataset) throw new TypeError("The trainer needs a dataset");
  const trainOne: Train = (task, listener) => train(dataset, datasetTask(task), listener);
  return Object.assign(trainOne, {
    ...stage && {
      stage: ((given, listener) => {
        return stage(dataset, { ...given, tasks: given.tasks.map(datasetTask) }, listener);
      }) satisfies Train["stage"],
    },
    ...score && {
      score: ((task, parameters) => {
        return Promise.try(() => score(dataset, datasetTask(task), parameters));
      }) satisfies Train["score"],
    },
  });
}

/**
 * The task of a run that has a dataset.
 *
 * @throws {TypeError} If it does not say how the dataset is split and prepared.
 */
export function datasetTask(task: TrainingTask): DatasetTask {
  const { split, standardize } = task;
  if (!split || !standardize) throw new TypeError("The task does not say how rows are split");
  return { ...task, split, standardize };
}
