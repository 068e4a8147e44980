import type { Config } from "./hyperparameter.ts";
import type { TrainingTask } from "./trainer.ts";

/**
 * The task that a stage prepares and takes steps for: the longest run's, with what any of the runs
 * measures.
 *
 * Its config is right for all of them as long as they last. A shorter run may have settings of pruning
 * that it is too short for, and that would act on a longer one.
 */
export function sharedTask<T extends TrainingTask>(
  tasks: readonly T[],
  stepsOf: (config: Config) => number,
): T {
  const longest = tasks.reduce((longest, task) => {
    return stepsOf(task.config) > stepsOf(longest.config) ? task : longest;
  });
  return {
    ...longest,
    measures: [...new Set(tasks.flatMap(({ measures = [] }) => measures))],
    scoresTest: tasks.some(({ scoresTest }) => scoresTest),
  };
}
