import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { halve } from "../sweep/halve.ts";
import type { Launcher, LaunchOptions } from "../sweep/launcher.ts";
import { outcomeOf } from "../sweep/outcome_of.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import type { Progress } from "../sweep/progress.ts";
import { schedule } from "../sweep/schedule.ts";
import { UserError } from "../user_error.ts";
import { runName } from "./stated_runs.ts";

export interface HalveAgainOptions extends LaunchOptions {
  readonly launcher: Launcher;
  /** Asked for each rung's count of what has ended. */
  readonly follow: (runs: readonly PlannedRun[]) => Progress;
}

/**
 * Finds out again which cells an experiment stops early.
 *
 * @returns Nothing if it stops none.
 * @throws {UserError} If a run cannot be trained.
 * @throws The signal's reason, if it aborted.
 */
export async function halveAgain(
  experiment: Experiment,
  dataset: Dataset,
  { launcher, follow, ...options }: HalveAgainOptions,
): Promise<readonly HalvingRow[] | undefined> {
  const halved = await halve(experiment, dataset, async (runs) => {
    const progress = follow(runs);
    const outcomes = new Map<PlannedRun, RunOutcome>();
    for await (const { run, result, failure } of launcher.launch(schedule(runs), options)) {
      if (!result) {
        throw new UserError(`Cannot train ${runName(run.cell.name, run.task.seed)}: ${failure}`, 1);
      }
      outcomes.set(run, outcomeOf(run, { result }));
      progress.addTrained(run, result);
    }
    options.signal.throwIfAborted();
    return runs.flatMap((run) => outcomes.get(run) ?? []);
  });
  return halved?.rows;
}
