/** The share of the steps that are evenly spaced; the others make early ones dense. */
const EVEN = 2 / 3;

/**
 * The steps at which every run was evaluated that goes on so far, ascending.
 *
 * @param runs The steps of each run, ascending.
 */
export function sharedSteps(runs: readonly (readonly number[])[]): number[] {
  const counts = new Map<number, number>();
  for (const steps of runs) for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  const ends = runs.map((steps) => steps[steps.length - 1] ?? -1).sort((a, b) => a - b);
  let ended = 0;
  return [...counts].sort(([a], [b]) => a - b).flatMap(([step, count]) => {
    while (ended < ends.length && ends[ended] < step) ended++;
    return count === runs.length - ended ? [step] : [];
  });
}

/**
 * Thins lists of steps to about `most` each, the same ones where lists have them in common, so that
 * cells can be compared.
 */
export function thinned(schedules: readonly (readonly number[])[], most: number): number[][] {
  const chosen = new Set<number>();
  for (const steps of schedules.toSorted((a, b) => b.length - a.length)) {
    const has = steps.reduce((sum, step) => sum + Number(chosen.has(step)), 0);
    if (has < Math.min(steps.length, most / 2)) {
      for (const step of thin(steps, most)) chosen.add(step);
    }
  }
  return schedules.map((steps) =>
    steps.filter((step, at) => chosen.has(step) || at === steps.length - 1)
  );
}

/** Steps at even places of a list, and some at places that are even on a logarithmic axis. */
function thin(steps: readonly number[], most: number): readonly number[] {
  if (steps.length <= most) return steps;
  const last = steps.length - 1;
  const even = Math.ceil(EVEN * most);
  const early = most - even;
  const places = new Set([
    ...Array.from({ length: even }, (_, index) => Math.round(index * last / (even - 1))),
    ...Array.from({ length: early }, (_, index) => Math.round(last ** ((index + 1) / (early + 1)))),
  ]);
  return steps.filter((_, place) => places.has(place));
}
