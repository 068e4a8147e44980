import type {
  RunTask,
  Train,
  TrainerContext,
  TrainerName,
  Training,
  TrainingListener,
} from "./trainer.ts";
import { trainerNamed } from "./trainer_named.ts";

/** Trains runs of every trainer on one dataset. */
export interface RunTrainer {
  /**
   * Trains a run.
   *
   * @throws {UserError} If there is no such trainer, or the dataset has too few rows for the split.
   */
  train(task: RunTask, listener?: TrainingListener): Promise<Training>;
}

/** All trainers on one dataset, each loaded when the first run asks for it. */
export function createRunTrainer(context: TrainerContext): RunTrainer {
  const loaded = new Map<TrainerName, Promise<Train>>();
  return {
    async train(task, listener) {
      const loading = loaded.get(task.trainer) ?? trainerNamed(task.trainer).load(context);
      loaded.set(task.trainer, loading);
      const train = await loading;
      return await train(task, listener);
    },
  };
}
