import type { Dataset, FeatureSource } from "../dataset/dataset.ts";
import { learnedTable } from "../dataset/learned_table.ts";
import type { TrainingData, TrainingTask } from "../trainers/trainer.ts";
import type { Tensor } from "./safetensors.ts";
import { encodeModel, type WritableModel } from "./stored_model.ts";

/** What a model was trained on. */
export interface ModelSource {
  readonly task: TrainingTask;
  /** Its cell's name. */
  readonly cell: string;
  /** Both absent if the run has no dataset, or its trainer does not say what it makes of one. */
  readonly dataset?: Dataset;
  readonly data?: TrainingData;
}

/**
 * Writes a trained model with everything needed to predict elsewhere, as the bytes of a safetensors
 * file.
 *
 * Tensors: the trainer's parameters, such as `layer0.weight` (inputs, outputs) and `layer0.bias`
 * (outputs), in its precision; `rows.train`, `rows.validation` and `rows.test`, indices of the
 * dataset's rows from 0. Metadata, in JSON, besides that of `encodeModel()`; a run without a dataset has
 * only the last four:
 *
 * - `columns`: name and kind of each column; `categories` of a category, one input each; `imputed` where
 *   cells are missing: what stands for them, null for no category. Such a column has an input more,
 *   which is 1 where its cell is missing.
 * - `features`: the names of all inputs, in order; `mean` is subtracted from each, and the result is
 *   divided by `deviation`; those in `unseen` are 0 in every row.
 * - `table`: how the dataset's file was read: `LearnedTable`.
 * - `task`; `classes`; `target`, for quantities: mean and deviation, which the output is in units of.
 * - `cell`; `config`; `seed`; `fold`, where there are folds.
 */
export async function exportModel(
  model: WritableModel,
  { task, cell, dataset, data }: ModelSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const prepared = dataset && data ? preparedData(dataset, data) : { tensors: [], facts: {} };
  const { config, seed, fold } = task;
  const facts = { ...prepared.facts, cell, config, seed, ...fold !== undefined && { fold } };
  return await encodeModel(model, { tensors: prepared.tensors, facts });
}

/** The rows of a dataset that a run learned from, and how they became its inputs. */
function preparedData(
  dataset: Dataset,
  { rows, mean, deviation, imputed, isUnseen, target }: TrainingData,
) {
  const { task, sources, featureNames, classes } = dataset;
  return {
    tensors: (["train", "validation", "test"] as const).map((part): Tensor => (
      { name: `rows.${part}`, shape: [rows[part].length], data: rows[part] }
    )),
    facts: {
      columns: sources.map((source, index) => columnOf(source, imputed[index])),
      features: featureNames,
      mean: [...mean],
      deviation: [...deviation],
      unseen: featureNames.filter((_, input) => isUnseen[input] === 1),
      task,
      classes,
      ...task === "regression" && { target },
      table: learnedTable(dataset),
    },
  };
}

function columnOf({ name, kind, categories, hasGaps }: FeatureSource, imputed: number) {
  const filled = categories ? categories[imputed] ?? null : imputed;
  return { name, kind, ...categories && { categories }, ...hasGaps && { imputed: filled } };
}
