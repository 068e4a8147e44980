import { replicateOf } from "../experiment/replicates.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The outcome of a planned run that ended with a result, or with the reason why there is none. */
export function outcomeOf(
  { key, cell, replicate, task }: PlannedRun,
  { result, failure }: Pick<RunOutcome, "result" | "failure">,
): RunOutcome {
  const ending = failure === undefined ? { result } : { failure };
  return { key, cell, replicate, ...replicateOf(task), ...ending };
}
