import type { Dataset } from "../dataset/dataset.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import type { Training, TrainingTask } from "../trainers/trainer.ts";
import { safetensors, type Tensor } from "./safetensors.ts";

export interface TrainedRun {
  readonly training: Training;
  readonly dataset: Dataset;
  readonly task: TrainingTask;
}

/**
 * Writes a trained model with everything needed to reproduce its accuracies elsewhere.
 *
 * Tensors: the trainer's parameters, such as `layer0.weight` (inputs, outputs) and `layer0.bias`
 * (outputs), in its precision; `rows.train`, `rows.validation` and `rows.test`, indices of the
 * dataset's rows from 0. Metadata, in JSON: `mean` and `deviation`, which standardize each column;
 * `classes`; `config`; `seed`.
 *
 * @throws {UserError} If the file cannot be written.
 */
export async function saveWeights(
  path: string,
  { training, dataset, task }: TrainedRun,
): Promise<void> {
  const { rows, mean, deviation } = training.data();
  const tensors: Tensor[] = [
    ...training.parameters.map(({ name, shape, values }) => ({ name, shape, data: values })),
    ...(["train", "validation", "test"] as const).map((part) => (
      { name: `rows.${part}`, shape: [rows[part].length], data: rows[part] }
    )),
  ];
  const metadata = {
    mean: JSON.stringify([...mean]),
    deviation: JSON.stringify([...deviation]),
    classes: JSON.stringify(dataset.classes),
    config: JSON.stringify(task.config),
    seed: JSON.stringify(task.seed),
  };
  await writeFileAtomically(path, safetensors(tensors, metadata));
}
