import type { PlannedRun } from "../planned_run.ts";
import { workOf } from "../stages/share_steps.ts";

/** The steps of an experiment's runs, and the work that is left of them. */
export interface StepCounts {
  /** Of all runs, each by itself. */
  readonly asked: number;
  /** Of the runs that are known, and of states that others can go on from. */
  readonly known: number;
  /** Steps that several of the missing runs share, beyond the first of them. */
  readonly shared: number;
  readonly toTrain: number;
  /** The share of the missing runs' work that is to be done. */
  readonly workShare: number;
}

/**
 * Counts the steps of runs whose trainers count any.
 *
 * @param stepOf The step of the latest state that a missing run can go on from; 0 if there is none.
 */
export function countSteps(
  runs: readonly PlannedRun[],
  missing: readonly PlannedRun[],
  stepOf: (run: PlannedRun) => number,
): StepCounts {
  const stepsOf = (some: readonly PlannedRun[]) =>
    some.reduce((sum, { mostSteps = 0 }) => sum + mostSteps, 0);
  const [asked, left] = [stepsOf(runs), stepsOf(missing)];
  // To find a state takes a hash and a list of files.
  const steps = new Map(missing.map((run) => [run, stepOf(run)]));
  const kept = steps.values().reduce((sum, step) => sum + step, 0);
  const work = workOf(missing, (run) => steps.get(run) ?? 0);
  const flops = missing.reduce((sum, run) => sum + run.flops, 0);
  return {
    asked,
    known: asked - left + kept,
    shared: left - kept - work.steps,
    toTrain: work.steps,
    workShare: flops > 0 ? work.flops / flops : 1,
  };
}
