import { replicateOf } from "../experiment/replicates.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import type { KeptResult } from "../results/run_summary.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The outcome of a planned run that ended with a result, or with the reason why there is none. */
export function outcomeOf<Result extends KeptResult>(
  { key, cell, replicate, task }: PlannedRun,
  { result, failure }: Pick<RunOutcome<Result>, "result" | "failure">,
): RunOutcome<Result> {
  const { seed, fold } = task;
  // There can be millions of these, and an object built by spreading others takes twice the memory.
  if (fold === undefined && result) return { key, cell, replicate, seed, result };
  const ending = failure === undefined ? { result } : { failure };
  return { key, cell, replicate, ...replicateOf(task), ...ending };
}
