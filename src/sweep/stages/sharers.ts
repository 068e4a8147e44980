import type { PlannedRun } from "../planned_run.ts";
import { stateIdentity } from "./run_states.ts";

/**
 * Groups of runs that share their first steps, by their places: of each run that shares any, its group.
 * In a group, runs with most steps in common follow each other.
 */
export function sharersOf(runs: readonly PlannedRun[]): Map<number, readonly number[]> {
  // What does not depend on the replicate is worked out once for each cell: there can be many runs.
  const ofCell: { readonly stem?: string; readonly branch?: string }[] = [];
  const cellsOf = new Map<string, number>();
  const stemOfRun = (run: PlannedRun) => {
    const { index } = run.cell;
    if (!ofCell[index]) {
      const own = run.states ? { stem: stemOf(run, 1), branch: stemOf(run, Infinity) } : {};
      ofCell[index] = own;
      if (own.stem !== undefined) cellsOf.set(own.stem, (cellsOf.get(own.stem) ?? 0) + 1);
    }
    return ofCell[index].stem;
  };
  for (const run of runs) stemOfRun(run);
  if (cellsOf.size === ofCell.filter(({ stem }) => stem !== undefined).length) return new Map();

  const groups = new Map<string, number[]>();
  runs.forEach((run, index) => {
    const stem = stemOfRun(run);
    if (stem === undefined || cellsOf.get(stem) === 1) return;
    const name = `${run.replicate} ${stem}`;
    const group = groups.get(name);
    if (group) group.push(index);
    else groups.set(name, [index]);
  });
  const branchOf = (index: number) => ofCell[runs[index].cell.index].branch;
  const sharers = new Map<number, readonly number[]>();
  for (const group of groups.values()) {
    const sorted = [...Map.groupBy(group, branchOf).values()].flat();
    for (const index of group) sharers.set(index, sorted);
  }
  return sharers;
}

/** Runs in an order in which those that share their first steps follow each other. */
export function besideSharers(runs: readonly PlannedRun[]): readonly PlannedRun[] {
  const sharers = sharersOf(runs);
  if (sharers.size === 0) return runs;
  const sorted = new Set<PlannedRun>();
  runs.forEach((run, index) => {
    if (sorted.has(run)) return;
    for (const other of sharers.get(index) ?? [index]) sorted.add(runs[other]);
  });
  return [...sorted];
}

/** What the states before a step depend on, but for the replicate. */
function stemOf({ identity, states }: PlannedRun, step: number): string {
  const { seed: _, fold: __, ...common } = identity;
  return stateIdentity({ identity: { ...common, seed: 0 }, states }, step);
}
