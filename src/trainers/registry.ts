import type { TrainerName } from "./hyperparameters.ts";
import { createMlpTrainer, MLP_VERSION } from "./mlp/mlp.ts";
import { createNotebookTrainer, NOTEBOOK_VERSION } from "./notebook/notebook_trainer.ts";
import type { RunTask, Trainer, TrainerContext, Training, TrainingListener } from "./trainer.ts";

const TRAINERS: Record<
  TrainerName,
  { version: number; create: (context: TrainerContext) => Trainer }
> = {
  mlp: { version: MLP_VERSION, create: createMlpTrainer },
  notebook: { version: NOTEBOOK_VERSION, create: createNotebookTrainer },
};

/** The trainer of that name, on one dataset. */
export function createTrainer(name: TrainerName, context: TrainerContext): Trainer {
  return TRAINERS[name].create(context);
}

/** The version that is part of the keys of that trainer's runs. */
export function trainerVersion(name: TrainerName): number {
  return TRAINERS[name].version;
}

/** The versions of the trainers that some cells name, by the trainers' names. */
export function trainerVersions(
  cells: Iterable<{ readonly trainer: TrainerName }>,
): Partial<Record<TrainerName, number>> {
  const names = new Set<TrainerName>();
  for (const { trainer } of cells) names.add(trainer);
  return Object.fromEntries(Array.from(names, (name) => [name, trainerVersion(name)]));
}

/** Trains runs of every trainer on one dataset. */
export interface RunTrainer {
  train(task: RunTask, listener?: TrainingListener): Promise<Training>;
}

/** All trainers on one dataset, each made when the first run asks for it. */
export function createRunTrainer(context: TrainerContext): RunTrainer {
  const trainers = new Map<TrainerName, Trainer>();
  return {
    train(task, listener) {
      const trainer = trainers.get(task.trainer) ?? createTrainer(task.trainer, context);
      trainers.set(task.trainer, trainer);
      return trainer.train(task, listener);
    },
  };
}
