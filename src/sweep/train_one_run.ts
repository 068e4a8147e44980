import type { Dataset } from "../dataset/dataset.ts";
import { type Cell, wantedMeasures } from "../experiment/experiment.ts";
import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import { preparationOf } from "../experiment/preparation_of.ts";
import { type Replicate, replicateOf, runName } from "../experiment/replicates.ts";
import { metricColumn } from "../measures/metrics.ts";
import { exportModel } from "../store/export_model.ts";
import type { ChosenLibrary } from "../trainers/choose_library.ts";
import { createRunTrainer } from "../trainers/run_trainer.ts";
import { withNative } from "../trainers/settle_kernels.ts";
import type {
  RunTask,
  Trainer,
  TrainerContext,
  Training,
  TrainingListener,
} from "../trainers/trainer.ts";
import { trainingData } from "../trainers/training_data.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { UserError } from "../user_error.ts";
import { checkMemory } from "./check_memory.ts";
import { runShape } from "./run_shape.ts";
import { judged, measureProblem } from "./train_runs.ts";

/** One run of an experiment, to be trained by itself. */
export interface OneRun {
  readonly cell: Cell;
  readonly trainer: Trainer;
  readonly task: RunTask;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
  readonly context: TrainerContext;
  /** The column of the metric, if the trainer is a user's own. */
  readonly metric?: string;
}

/**
 * Plans a run of an experiment's first cell.
 *
 * @param options The first of the experiment's seeds, and the first fold of its folds, where they are
 * not given.
 * @throws {UserError} If the dataset does not suit the experiment, there is no such fold, or the run is
 * too large.
 */
export async function planOneRun(
  { experiment, dataset }: OpenedExperiment,
  { seed = experiment.seeds[0], fold }: Partial<Replicate> = {},
): Promise<OneRun> {
  const folds = experiment.dataset?.split.folds;
  const drawn = replicateOf({ seed, fold: fold ?? (folds && 1) });
  if (drawn.fold !== undefined && !(drawn.fold <= (folds ?? 0))) {
    const reason = folds === undefined
      ? "the experiment has no folds"
      : `the experiment has ${folds}`;
    throw new UserError(`Cannot use --fold ${drawn.fold}: ${reason}`);
  }
  const [cell] = experiment.cells;
  const { config } = cell;
  const trainer = experiment.trainers.named(cell.trainer);
  const measures = wantedMeasures(experiment);
  const wanted = measures.length > 0 ? { measures } : {};
  const prepared = dataset && experiment.dataset && {
    ...preparationOf({ dataset: experiment.dataset }, cell, dataset),
    split: experiment.dataset.split,
  };
  const task = { trainer: trainer.name, config, ...drawn, ...prepared, ...wanted };
  const shape = runShape(experiment, dataset);
  // Other threads compile the kernels meanwhile.
  const [context] = await Promise.all([
    trainerContext([trainer], dataset),
    checkMemory(experiment, shape, [cell]),
  ]);
  const metric = trainer.own && metricColumn(experiment.metric);
  return { cell, trainer, task, dataset, context, metric };
}

/**
 * Trains a run in this thread, without the store.
 *
 * @param library The library of native kernels to use, if it gives the right numbers.
 * @throws {UserError} If the dataset has too few rows for the split, or the run lacks the metric.
 */
export async function trainOneRun(
  run: OneRun,
  listener?: TrainingListener,
  library?: ChosenLibrary,
): Promise<Training> {
  const training = await trained(run, listener, library);
  const problem = measureProblem(run, training.result);
  if (problem !== undefined) {
    throw new UserError(`Cannot train ${runName(run.cell.name, run.task)}: ${problem}`, 1);
  }
  return { ...training, result: judged(run, training.result) };
}

/** A trained run's model as the bytes of a file, with all that it takes to predict with it. */
export async function trainedModel(
  { cell, trainer, task, dataset }: OneRun,
  { result: { digest }, parameters }: Training,
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, version } = trainer;
  const data = dataset && await trainingData(trainer, dataset, task);
  return await exportModel({ digest, trainer: name, version, parameters }, {
    ...{ task, cell: cell.name, dataset, data },
  });
}

async function trained(
  { trainer, task, context: given }: OneRun,
  listener: TrainingListener = {},
  library?: ChosenLibrary,
): Promise<Training> {
  const context = withNative(given, library, listener.onProblem);
  if (trainer.own?.kind === "program") {
    const { LocalPrograms } = await import("../trainers/command/local_programs.ts");
    await using programs = new LocalPrograms([trainer.own]);
    return await createRunTrainer({ ...context, programs }).train(task, listener);
  }
  using runTrainer = createRunTrainer(context);
  return await runTrainer.train(task, listener);
}
