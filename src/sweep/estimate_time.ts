import { trainedSteps } from "../results/trained_steps.ts";
import type { RunRecord } from "../store/run_record.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { RunTrainer } from "../trainers/run_trainer.ts";
import type { RunShape } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import type { PlannedRun } from "./planned_run.ts";

/** Long enough for the machine's compilers to have done their best. */
const MEASURED_SECONDS = 0.15;
const MOST_STEPS = 2 ** 20;
/** The most that a run which cannot be shortened may take on a slow machine, to be measured whole. */
const WHOLE_SECONDS = 10;
/** The pace of a slow machine. */
export const SLOW_SECONDS_PER_FLOP = 2e-9;

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
export function isWhole({ mostSteps }: PlannedRun, result: RunResult): boolean {
  return mostSteps === undefined || !(trainedSteps(result) < mostSteps);
}

/** Whether `measureRate()` measures: a run without steps cannot be shortened, and may be too long. */
export function isMeasurable({ mostSteps, flops }: PlannedRun): boolean {
  return mostSteps !== undefined || flops * SLOW_SECONDS_PER_FLOP <= WHOLE_SECONDS;
}

/**
 * Seconds per floating-point operation, measured by training a run in this thread.
 *
 * Of a run that has steps, it trains the first ones, which takes about half a second, unless one
 * step alone takes longer; a short run without steps is trained whole. Of any other, it gives the
 * pace of a slow machine.
 */
export async function measureRate(
  trainer: Pick<RunTrainer, "train">,
  run: PlannedRun,
  { trainers, shape }: { readonly trainers: Trainers; readonly shape: RunShape },
): Promise<number> {
  if (!isMeasurable(run)) return SLOW_SECONDS_PER_FLOP;
  const { task } = run;
  const specification = trainers.named(task.trainer);
  const { steps } = specification;
  if (!steps) {
    const { result } = await trainer.train(task);
    return result.trainSeconds / Math.max(1, run.flops);
  }
  for (let count = 1;; count *= 2) {
    const config = steps.withCount(task.config, count);
    const { result } = await trainer.train({ ...task, config, stopAt: undefined });
    const isDiverged = result.steps < count;
    if (result.trainSeconds >= MEASURED_SECONDS || isDiverged || count >= MOST_STEPS) {
      const done = steps.withCount(config, result.steps);
      return result.trainSeconds / specification.cost(done, shape);
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
