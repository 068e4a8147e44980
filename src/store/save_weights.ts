import type { Dataset, FeatureSource } from "../dataset/dataset.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import type { Training, TrainingTask } from "../trainers/trainer.ts";
import { safetensors, type Tensor } from "./safetensors.ts";

export interface TrainedRun {
  readonly training: Training;
  /** Absent if the run had none. */
  readonly dataset?: Dataset;
  readonly task: TrainingTask;
}

/**
 * Writes a trained model with everything needed to reproduce its predictions elsewhere.
 *
 * Tensors: the trainer's parameters, such as `layer0.weight` (inputs, outputs) and `layer0.bias`
 * (outputs), in its precision; `rows.train`, `rows.validation` and `rows.test`, indices of the
 * dataset's rows from 0. Metadata, in JSON, of which a run without a dataset has the last three:
 *
 * - `columns`: name and kind of each column; `categories` of a category, one input each; `imputed` where
 *   cells are missing: what stands for them, null for no category. Such a column has an input more,
 *   which is 1 where its cell is missing.
 * - `features`: the names of all inputs, in order; `mean` is subtracted from each, and the result is
 *   divided by `deviation`; those in `unseen` are 0 in every row.
 * - `task`; `classes`; `target`, for quantities: mean and deviation, which the output is in units of.
 * - `config`; `seed`; `fold`, where there are folds.
 *
 * @throws {UserError} If the file cannot be written.
 */
export async function saveWeights(
  path: string,
  { training, dataset, task }: TrainedRun,
): Promise<void> {
  const { parameters } = training;
  const prepared = dataset ? preparedData(dataset, training) : { tensors: [], facts: {} };
  const tensors: Tensor[] = [
    ...parameters.map(({ name, shape, values }) => ({ name, shape, data: values })),
    ...prepared.tensors,
  ];
  const facts = {
    ...prepared.facts,
    config: task.config,
    seed: task.seed,
    ...task.fold !== undefined && { fold: task.fold },
  };
  const metadata = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)]),
  );
  await writeFileAtomically(path, safetensors(tensors, metadata));
}

/** The rows of a dataset that a run learned from, and how they became its inputs. */
function preparedData(dataset: Dataset, training: Training) {
  const { rows, mean, deviation, imputed, isUnseen, target } = training.data();
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
    },
  };
}

function columnOf({ name, kind, categories, hasGaps }: FeatureSource, imputed: number) {
  const filled = categories ? categories[imputed] ?? null : imputed;
  return { name, kind, ...categories && { categories }, ...hasGaps && { imputed: filled } };
}
