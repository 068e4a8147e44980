import { join } from "node:path";
import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { runName } from "../experiment/replicates.ts";
import type { Answer } from "../results/answer.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { ModelSpace } from "../store/model_space.ts";
import type { StoredModel } from "../store/stored_model.ts";
import type { ChosenLibrary } from "../trainers/choose_library.ts";
import type { TrainerContext } from "../trainers/trainer.ts";
import type { PlannedRun } from "./planned_run.ts";
import { MODELS_FOLDER, otherModelsText, saveModels } from "./save_models.ts";
import { trainOneRun } from "./train_one_run.ts";

export interface AdvisedModelOptions {
  readonly experiment: Experiment;
  /** What the sweep answers. */
  readonly answer?: Pick<Answer, "use">;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
  /** The report folder. */
  readonly folder: string;
  readonly space: ModelSpace;
  /** For training the runs whose models are missing. */
  readonly context: TrainerContext;
  readonly library?: ChosenLibrary;
  readonly signal: AbortSignal;
  readonly onProblem: (message: string) => void;
}

/**
 * Saves the models of the cell that a sweep advises to use, of all its completed runs, in the sweep's
 * folder. Runs whose models the store does not have are trained again, one after another.
 *
 * @throws {UserError} If a file cannot be written, or a run cannot be trained; the exit code is 1.
 * @throws The signal's reason if it aborts.
 */
export async function saveAdvisedModels(
  runs: readonly PlannedRun[],
  outcomes: readonly KeptOutcome[],
  { answer, space, folder, signal, onProblem, ...options }: AdvisedModelOptions,
): Promise<void> {
  const { experiment, dataset } = options;
  const results = new Map(outcomes.map(({ key, result }) => [key, result]));
  const wanted = runs.flatMap((run) => {
    const result = run.cell.name === answer?.use?.cell ? results.get(run.key) : undefined;
    return result?.status === "completed" ? [{ run, result }] : [];
  });
  const modelOf = async ({ run, result: { digest } }: typeof wanted[number]) => {
    const model = await space.models.get(run.key, digest);
    if (model) return model;
    signal.throwIfAborted();
    const trained = await trainAgain(run, options);
    if (trained.digest !== digest) return undefined;
    await space.models.put(trained);
    return trained;
  };
  const { missing, others } = await saveModels(wanted, {
    ...{ folder: join(folder, MODELS_FOLDER), within: folder },
    ...{ trainers: experiment.trainers, dataset, modelOf },
  });
  for (const { run } of missing) {
    const name = runName(run.cell.name, run.task);
    onProblem(`Cannot save a model of ${name}: trained again, the run ended with another`);
  }
  if (others.length > 0) onProblem(otherModelsText(join(folder, MODELS_FOLDER), others));
  await space.models.select(wanted.map(({ run }) => run.key));
}

async function trainAgain(
  { key, cell, task, metric }: PlannedRun,
  { experiment, dataset, context, library }: Pick<
    AdvisedModelOptions,
    "experiment" | "dataset" | "context" | "library"
  >,
): Promise<StoredModel> {
  const trainer = experiment.trainers.named(cell.trainer);
  const run = { cell, trainer, task, dataset, context, metric };
  const { result: { digest }, parameters } = await trainOneRun(run, {}, library);
  return { key, digest, trainer: trainer.name, version: trainer.version, parameters };
}
