import type { Cell, Experiment } from "./experiment.ts";
import type { Metric } from "../measures/metrics.ts";

/** How an experiment spends steps on the cells that do best with few. */
export interface Halving {
  /** What cells are ranked by, at the end of each rung. */
  readonly metric: Metric;
  /** Steps of the first rung. */
  readonly minSteps: number;
  /** Of how many cells one goes on, and how many times as many steps the next rung has. */
  readonly eta: number;
}

/** A comparison that not all cells outlast. */
export interface Rung {
  /** After how many steps its runs are stopped, if they have more. */
  readonly step: number;
  /** How many cells are compared. */
  readonly cells: number;
}

/** A rung's cells that go on: the baseline, and the best part 1 / eta of the others. */
export function survivorCount(cells: number, { eta }: Halving): number {
  return 1 + Math.ceil((cells - 1) / eta);
}

/**
 * The rungs of an experiment that stop some cell, the shortest first; the cells that the last leaves
 * go to their ends.
 *
 * @param longest The steps of the longest run.
 */
export function rungsOf(halving: Halving, cells: number, longest: number): readonly Rung[] {
  const rungs: Rung[] = [];
  for (let step = halving.minSteps; step < longest; step *= halving.eta) {
    const survivors = survivorCount(cells, halving);
    if (survivors === cells) break;
    rungs.push({ step, cells });
    cells = survivors;
  }
  return rungs;
}

/** How many cells are trained to their ends. */
export function finalistCount(halving: Halving, cells: number, rungs: readonly Rung[]): number {
  const last = rungs.at(-1);
  return last ? survivorCount(last.cells, halving) : cells;
}

/** How many runs an experiment has, those that are stopped early and those that go on from there. */
export function runCount({ cells, seeds, halving }: Experiment): number {
  if (!halving) return cells.length * seeds.length;
  const rungs = rungsOf(halving, cells.length, longestRun(cells));
  const counts = [...rungs.map(({ cells }) => cells), finalistCount(halving, cells.length, rungs)];
  return counts.reduce((sum, count) => sum + count) * seeds.length;
}

/** The steps of a cell's run if nothing stops it. */
export function stepsOf({ config }: Cell): number {
  return Number(config.steps);
}

/** The steps of the longest run. */
export function longestRun(cells: Iterable<Cell>): number {
  let longest = 0;
  for (const cell of cells) longest = Math.max(longest, stepsOf(cell));
  return longest;
}
