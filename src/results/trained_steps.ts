import type { RunResult } from "../trainers/run_result.ts";

/** The updates that a training did, those after its final model included. */
export function trainedSteps({ steps, evaluations }: RunResult): number {
  return Math.max(steps, evaluations[evaluations.length - 1].step);
}
