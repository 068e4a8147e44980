import { type Stateful, stateIdentity } from "./run_states.ts";

/** The part of a run that says which steps it has in common with others. */
export interface Stepping extends Stateful {
  /** The most steps that it takes; absent if its trainer counts none. */
  readonly mostSteps?: number;
}

/**
 * The first step from `from` on whose work differs between runs that have shared their states up to
 * `from`; infinite if none does.
 */
export function sharedUntil(runs: readonly Stepping[], from: number): number {
  const steps = runs.flatMap(({ states = [] }) => states.map((acting) => acting.from));
  const candidates = [...new Set(steps)].filter((step) => step >= from).sort((a, b) => a - b);
  return candidates.find((step) => partAt(runs, step).length > 1) ?? Infinity;
}

/** Divides runs into those that still share their states after a step, each in the order given. */
export function partAt<Run extends Stateful>(runs: readonly Run[], step: number): Run[][] {
  return [...Map.groupBy(runs, (run) => stateIdentity(run, step + 1)).values()];
}

/** Work that is left to do. */
export interface Work {
  readonly steps: number;
  /** As trainers count it. */
  readonly flops: number;
}

/**
 * The work of training runs, if the steps that they share are taken once.
 *
 * @param stepOf The step from which a run can go on; the first if not given.
 */
export function workOf<Run extends SteppingRun>(
  runs: readonly Run[],
  stepOf: (run: Run) => number = () => 0,
): Work {
  let [steps, flops] = [0, 0];
  divideSteps(runs, stepOf, (_, work) => {
    steps += work.steps;
    flops += work.flops;
  });
  return { steps, flops };
}

/**
 * Each run's part of the work of all: that of steps which several runs share is divided evenly among
 * them.
 *
 * @returns In operations as trainers count them, in the order of the runs.
 */
export function workShares<Run extends SteppingRun>(
  runs: readonly Run[],
  stepOf: (run: Run) => number = () => 0,
): number[] {
  const own = new Map(runs.map((run) => [run, 0]));
  divideSteps(runs, stepOf, (sharing, { flops }) => {
    for (const run of sharing) own.set(run, (own.get(run) ?? 0) + flops / sharing.length);
  });
  return runs.map((run) => own.get(run) ?? 0);
}

interface SteppingRun extends Stepping {
  readonly flops: number;
}

/** Divides the steps of runs into pieces that are taken once, and tells which runs share each. */
function divideSteps<Run extends SteppingRun>(
  runs: readonly Run[],
  stepOf: (run: Run) => number,
  onPiece: (sharing: readonly Run[], work: Work) => void,
): void {
  const isSharing = ({ states, mostSteps }: Run) => states && mostSteps !== undefined;
  for (const run of runs) {
    if (!run.states) onPiece([run], { steps: run.mostSteps ?? 0, flops: run.flops });
  }
  const byStart = Map.groupBy(
    runs.filter(isSharing),
    (run) => `${stepOf(run)} ${stateIdentity(run, 1)}`,
  );
  for (const group of byStart.values()) divideFrom(group, stepOf(group[0]), onPiece);
}

/** The same of runs that share their states up to step `from`, from there on. */
function divideFrom<Run extends SteppingRun>(
  runs: readonly Run[],
  from: number,
  onPiece: (sharing: readonly Run[], work: Work) => void,
): void {
  const until = sharedUntil(runs, from);
  const longest = Math.max(...runs.map(({ mostSteps = 0 }) => mostSteps));
  const steps = Math.max(0, Math.min(longest, until) - from);
  const flopsPerStep = Math.max(...runs.map(({ flops, mostSteps = 0 }) => flops / mostSteps));
  onPiece(runs, { steps, flops: steps * flopsPerStep });
  if (longest <= until) return;
  const left = runs.filter(({ mostSteps = 0 }) => mostSteps > until);
  for (const part of partAt(left, until)) divideFrom(part, until, onPiece);
}
