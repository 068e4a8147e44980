import { trainedSteps } from "../results/trained_steps.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { RunRecord } from "../store/run_record.ts";
import type { RunTrainer } from "../trainers/registry.ts";
import { runFlops, type RunShape, withSteps } from "../trainers/run_flops.ts";
import type { PlannedRun } from "./planned_run.ts";

/** Long enough for the machine's compilers to have done their best. */
const MEASURED_SECONDS = 0.15;
const MOST_STEPS = 2 ** 20;

/** Seconds per floating-point operation of the runs that have a record; undefined if none has. */
export function rateOf(
  runs: readonly PlannedRun[],
  records: readonly (RunRecord | undefined)[],
): number | undefined {
  let [seconds, flops] = [0, 0];
  runs.forEach((run, index) => {
    const result = records[index]?.result;
    // A run that diverged or was stopped early did not do all of its work.
    if (result?.status !== "completed") return;
    if (!isWhole(run, result)) return;
    seconds += result.trainSeconds;
    flops += run.flops;
  });
  return flops > 0 ? seconds / flops : undefined;
}

/** Whether training took all of the steps that it was to take at most. */
export function isWhole(
  { task: { config, stopAt = Infinity } }: PlannedRun,
  result: RunResult,
): boolean {
  // A trainer that knows no steps always does.
  return !(trainedSteps(result) < Math.min(Number(config.steps), stopAt));
}

/**
 * Seconds per floating-point operation, measured by training the first steps of a run in this
 * thread: takes about half a second, unless one step alone takes longer.
 */
export async function measureRate(
  trainer: RunTrainer,
  { task }: PlannedRun,
  shape: RunShape,
): Promise<number> {
  for (let steps = 1;; steps *= 2) {
    const config = withSteps(task.trainer, task.config, steps);
    const { result } = await trainer.train({ ...task, config, stopAt: undefined });
    const isDiverged = result.steps < steps;
    if (result.trainSeconds >= MEASURED_SECONDS || isDiverged || steps >= MOST_STEPS) {
      const done = withSteps(task.trainer, config, result.steps);
      return result.trainSeconds / runFlops(task.trainer, done, shape);
    }
  }
}

/**
 * Seconds that runs take on so many workers.
 *
 * @param each How many runs each of those given stands for.
 */
export function estimateSeconds(
  runs: readonly Pick<PlannedRun, "flops">[],
  secondsPerFlop: number,
  workers: number,
  each = 1,
): number {
  const flops = runs.map((run) => run.flops);
  const sum = flops.reduce((sum, next) => sum + next, 0);
  const longest = flops.reduce((most, next) => Math.max(most, next), 0);
  return secondsPerFlop * Math.max(longest, each * sum / workers);
}
