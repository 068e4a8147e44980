import type { Cell } from "../experiment/experiment.ts";
import { replicateOf } from "../experiment/replicates.ts";
import type { KeptOutcome, RunOutcome } from "../results/run_outcome.ts";
import type { RunSummary } from "../results/run_summary.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The outcome of a planned run that ended with a whole result, or with the reason why there is none. */
export function outcomeOf(
  { key, cell, replicate, task }: PlannedRun,
  { result, failure }: Pick<RunOutcome, "result" | "failure">,
): RunOutcome {
  const ending = failure === undefined ? { result } : { failure };
  return { key, cell, replicate, ...replicateOf(task), ...ending };
}

/** The outcome of a planned run in short. There can be millions, so what the run has is not copied. */
export class ShortOutcome implements KeptOutcome {
  readonly result: RunSummary;
  readonly #run: PlannedRun;

  constructor(run: PlannedRun, result: RunSummary) {
    this.#run = run;
    this.result = result;
  }

  get key(): string {
    return this.#run.key;
  }

  get cell(): Cell {
    return this.#run.cell;
  }

  get replicate(): number {
    return this.#run.replicate;
  }

  get seed(): number {
    return this.#run.task.seed;
  }

  get fold(): number | undefined {
    return this.#run.task.fold;
  }
}
