import { ownTrainer } from "./own_trainer.ts";
import type { TestResult } from "./run_result.ts";
import type {
  Parameter,
  RunTask,
  Train,
  TrainerContext,
  TrainerName,
  Training,
  TrainingListener,
} from "./trainer.ts";
import { BUILT_IN, Trainers } from "./trainers.ts";
import type { StageListener, TrainingStage, TrainingState } from "./training_stage.ts";
import { UnfitState } from "./unfit_state.ts";

/** Trains runs with any trainer on one dataset; disposing of it ends what trainers keep between runs. */
export interface RunTrainer extends Disposable {
  /**
   * Trains a run.
   *
   * @throws {UserError} If there is no such trainer, or the dataset has too few rows for the split.
   */
  train(task: RunTask, listener?: TrainingListener): Promise<Training>;
  /**
   * Trains runs of one trainer that share steps. A trainer that cannot share steps takes one run, from
   * its first step to its end.
   *
   * @throws {UserError} Like `train()`.
   */
  trainStage(
    stage: TrainingStage & { readonly tasks: readonly RunTask[] },
    listener: StageListener & TrainingListener & UnfitListener,
  ): Promise<TrainingState | undefined>;
  /**
   * Scores a run's model on the test rows, as its task with `scoresTest` would.
   *
   * @returns Undefined if the trainer cannot score models, or not this one.
   */
  score(
    task: RunTask,
    model: readonly Parameter[],
    listener?: UnfitListener,
  ): Promise<TestResult | undefined>;
}

/** What a run trainer reports if it cannot use a state or a model. */
export interface UnfitListener {
  /** @param reason Why, in words for a user. */
  onUnfit?(reason: string): void;
}

/** Creates a run trainer for one dataset; it loads each trainer at the first run that needs it. */
export function createRunTrainer(context: TrainerContext): RunTrainer {
  const trainers = context.own
    ? new Trainers([...BUILT_IN.all, ...context.own.map(ownTrainer)])
    : BUILT_IN;
  const loaded = new Map<TrainerName, Promise<Train>>();
  const closers = new Set<() => void>();
  const load = async (name: TrainerName) => {
    const loading = loaded.get(name) ?? trainers.named(name).load(context);
    loaded.set(name, loading);
    const train = await loading;
    if (train.close) closers.add(train.close);
    return train;
  };
  return {
    async train(task, listener) {
      return await (await load(task.trainer))(task, listener);
    },
    async trainStage(stage, listener) {
      const [task, ...others] = stage.tasks;
      const train = await load(task.trainer);
      if (train.stage) {
        try {
          return await train.stage(stage, listener);
        } catch (error) {
          if (!(error instanceof UnfitState) || !stage.from) throw error;
          listener.onUnfit?.(error.message);
          // Nothing has been trained yet. The steps before the state give the same runs.
          return await train.stage({ ...stage, from: undefined }, listener);
        }
      }
      if (others.length > 0 || stage.from) {
        throw new RangeError(`Runs of trainer ${task.trainer} cannot share steps`);
      }
      await listener.onEnd(0, await train(task, listener));
      return undefined;
    },
    async score(task, model, listener) {
      try {
        return await (await load(task.trainer)).score?.(task, model);
      } catch (error) {
        if (!(error instanceof UnfitState)) throw error;
        listener?.onUnfit?.(error.message);
        return undefined;
      }
    },
    [Symbol.dispose]() {
      for (const close of closers) close();
    },
  };
}
