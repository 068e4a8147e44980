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
  const alone = runs.filter(({ states }) => !states)
    .map(({ flops, mostSteps = 0 }) => ({ steps: mostSteps, flops }));
  const sharing = runs.filter(({ states, mostSteps }) => states && mostSteps !== undefined);
  const byStart = Map.groupBy(sharing, (run) => `${stepOf(run)} ${stateIdentity(run, 1)}`);
  const shared = [...byStart.values()].map((group) => workFrom(group, stepOf(group[0])));
  return total([...alone, ...shared]);
}

interface SteppingRun extends Stepping {
  readonly flops: number;
}

/** The work of runs that share their states up to step `from`, from there on. */
function workFrom(runs: readonly SteppingRun[], from: number): Work {
  const until = sharedUntil(runs, from);
  const longest = Math.max(...runs.map(({ mostSteps = 0 }) => mostSteps));
  const steps = Math.max(0, Math.min(longest, until) - from);
  const flopsPerStep = Math.max(...runs.map(({ flops, mostSteps = 0 }) => flops / mostSteps));
  const own = { steps, flops: steps * flopsPerStep };
  if (longest <= until) return own;
  const left = runs.filter(({ mostSteps = 0 }) => mostSteps > until);
  return total([own, ...partAt(left, until).map((part) => workFrom(part, until))]);
}

function total(works: readonly Work[]): Work {
  return works.reduce(
    (sum, { steps, flops }) => ({ steps: sum.steps + steps, flops: sum.flops + flops }),
    { steps: 0, flops: 0 },
  );
}
