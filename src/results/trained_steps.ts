import type { RunResult } from "../trainers/run_result.ts";

/** The number of updates in a training, including those after its final model. */
export function trainedSteps({ steps, evaluations }: RunResult): number {
  return Math.max(steps, evaluations[evaluations.length - 1].step);
}
