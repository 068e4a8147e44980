import type { RunOutcome } from "../results/run_outcome.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The outcome of a planned run, by what came of it: a result, or why there is none. */
export function outcomeOf(
  { key, cell, replicate, task }: PlannedRun,
  ending: Pick<RunOutcome, "result" | "failure">,
): RunOutcome {
  return { key, cell, replicate, seed: task.seed, ...ending };
}
