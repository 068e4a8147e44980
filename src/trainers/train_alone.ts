import type { Training, TrainingListener, TrainingTask } from "./trainer.ts";
import type { StageListener, TrainingStage } from "./training_stage.ts";

/** Trains one run: a stage that has no other. */
export async function trainAlone<T extends TrainingTask>(
  task: T,
  { onEvaluation }: TrainingListener,
  trainStage: (
    stage: TrainingStage & { readonly tasks: readonly T[] },
    listener: StageListener,
  ) => Promise<unknown>,
): Promise<Training> {
  const { promise, resolve } = Promise.withResolvers<Training>();
  await trainStage({ tasks: [task], until: Infinity }, {
    onEvaluation,
    onEnd: (_, training) => resolve(training),
  });
  return promise;
}
