import type { PlannedRun } from "../planned_run.ts";
import { type Work, workOf } from "../stages/share_steps.ts";

/** The steps of an experiment's runs, and the work that is left of them. */
export interface StepCounts {
  /** Of all runs, each by itself. */
  readonly asked: number;
  /** Of the runs that are known, and of states that others can go on from. */
  readonly known: number;
  /** Steps that several of the missing runs share, beyond the first of them, as far as it is known. */
  readonly shared: number;
  readonly toTrain: number;
  /** The share of the missing runs' work that is to be done. */
  readonly workShare: number;
}

/**
 * Counts the steps of runs whose trainers count any.
 *
 * @param stepOf The step of the latest state that a missing run can go on from; 0 if there is none.
 * @param standIns Runs that stand for those of cells that nobody knows yet, in groups that share no
 * steps with others.
 */
export function countSteps(
  runs: readonly PlannedRun[],
  missing: readonly PlannedRun[],
  stepOf: (run: PlannedRun) => number,
  standIns: readonly (readonly PlannedRun[])[] = [],
): StepCounts {
  const unknown = standIns.flat();
  const [asked, left] = [sumOf(runs).steps, sumOf(missing).steps]
    .map((steps) => steps + sumOf(unknown).steps);
  // To find a state takes a hash and a list of files.
  const steps = new Map(missing.map((run) => [run, stepOf(run)]));
  const kept = steps.values().reduce((sum, step) => sum + step, 0);
  const works = [
    workOf(missing, (run) => steps.get(run) ?? 0),
    ...standIns.map((group) => workOf(group)),
  ];
  const toTrain = works.reduce((sum, work) => sum + work.steps, 0);
  const flops = sumOf(missing).flops + sumOf(unknown).flops;
  return {
    asked,
    known: asked - left + kept,
    shared: left - kept - toTrain,
    toTrain,
    workShare: flops > 0 ? works.reduce((sum, work) => sum + work.flops, 0) / flops : 1,
  };
}

/** The work of runs, each by itself. */
function sumOf(runs: readonly PlannedRun[]): Work {
  let [steps, flops] = [0, 0];
  for (const { mostSteps = 0, flops: own } of runs) {
    steps += mostSteps;
    flops += own;
  }
  return { steps, flops };
}
