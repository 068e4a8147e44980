import type { Dataset } from "../dataset/dataset.ts";
import type { PreparationOptions } from "../dataset/preparation_options.ts";
import type { SplitOptions } from "../dataset/split_options.ts";
import type { Train, TrainerContext, Training, TrainingListener, TrainingTask } from "./trainer.ts";

/** A task of a run that has a dataset. */
export type DatasetTask = TrainingTask & PreparationOptions & { readonly split: SplitOptions };

/** Trains runs on a context's dataset, for trainers that need one. */
export function onDataset(
  { dataset }: Pick<TrainerContext, "dataset">,
  train: (
    dataset: Dataset,
    task: DatasetTask,
    listener?: TrainingListener,
  ) => Promise<Training>,
): Train {
  if (!dataset) throw new TypeError("The trainer needs a dataset");
  return (task, listener) => train(dataset, datasetTask(task), listener);
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
