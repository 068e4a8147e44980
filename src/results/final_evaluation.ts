import type { Evaluation, RunResult } from "../trainers/run_result.ts";

/** The evaluation of a run's final model, or the last one before it. */
export function finalEvaluation({ steps, evaluations }: RunResult): Evaluation {
  return evaluations.findLast(({ step }) => step <= steps) ?? evaluations[evaluations.length - 1];
}
