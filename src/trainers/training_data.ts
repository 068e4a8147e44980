import type { Dataset } from "../dataset/dataset.ts";
import { learnPreparation } from "../dataset/preparation.ts";
import { splitRows } from "../dataset/split_rows.ts";
import { type DatasetTask, datasetTask } from "./on_dataset.ts";
import type { Trainer, TrainingData, TrainingTask } from "./trainer.ts";

/**
 * The rows of a run, and how they become its inputs. Nothing is trained for it.
 *
 * @returns Undefined if its trainer is a program, which alone knows what it makes of them.
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export async function trainingData(
  { own, ownSplit }: Pick<Trainer, "own" | "ownSplit">,
  dataset: Dataset,
  given: TrainingTask,
): Promise<TrainingData | undefined> {
  if (own?.kind === "program") return undefined;
  if (ownSplit) return await ownSplit.data(dataset, given.seed);
  return splitData(dataset, datasetTask(given));
}

/**
 * The rows that a task's split draws, and how they become inputs.
 *
 * @throws {UserError} If the dataset has too few rows for the split.
 */
export function splitData(dataset: Dataset, task: DatasetTask): TrainingData {
  const rows = splitRows(dataset, task.split, task.seed, task.fold);
  return { rows, ...learnPreparation(dataset, rows.train, task) };
}
