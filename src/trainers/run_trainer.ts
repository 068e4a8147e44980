import { ownTrainer } from "./own_trainer.ts";
import type {
  RunTask,
  Train,
  TrainerContext,
  TrainerName,
  Training,
  TrainingListener,
} from "./trainer.ts";
import { BUILT_IN, Trainers } from "./trainers.ts";

/** Trains runs with any trainer on one dataset; disposing of it ends what trainers keep between runs. */
export interface RunTrainer extends Disposable {
  /**
   * Trains a run.
   *
   * @throws {UserError} If there is no such trainer, or the dataset has too few rows for the split.
   */
  train(task: RunTask, listener?: TrainingListener): Promise<Training>;
}

/** Creates a run trainer for one dataset; it loads each trainer at the first run that needs it. */
export function createRunTrainer(context: TrainerContext): RunTrainer {
  const trainers = context.own
    ? new Trainers([...BUILT_IN.all, ...context.own.map(ownTrainer)])
    : BUILT_IN;
  const loaded = new Map<TrainerName, Promise<Train>>();
  const closers = new Set<() => void>();
  return {
    async train(task, listener) {
      const loading = loaded.get(task.trainer) ?? trainers.named(task.trainer).load(context);
      loaded.set(task.trainer, loading);
      const train = await loading;
      if (train.close) closers.add(train.close);
      return await train(task, listener);
    },
    [Symbol.dispose]() {
      for (const close of closers) close();
    },
  };
}
