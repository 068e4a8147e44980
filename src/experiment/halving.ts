import type { Experiment, Halving } from "./experiment.ts";
import { plannedCells } from "./next_batch.ts";
import { replicateCount } from "./replicates.ts";

/** A comparison of cells, after which some of them stop. */
export interface Rung {
  /** The step at which its runs stop, if they have more. */
  readonly step: number;
  /** How many cells are compared. */
  readonly cells: number;
}

/** How many of a rung's cells go on: the baseline, and the best 1 / eta of the others. */
export function survivorCount(cells: number, { eta }: Halving): number {
  return 1 + Math.ceil((cells - 1) / eta);
}

/**
 * The rungs of an experiment that stop at least one cell, shortest first. Cells that survive the last
 * rung are trained to the end.
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

/** How many cells are trained to the end. */
export function finalistCount(halving: Halving, cells: number, rungs: readonly Rung[]): number {
  const last = rungs.at(-1);
  return last ? survivorCount(last.cells, halving) : cells;
}

/** How many runs an experiment has, counting each rung's and the full-length ones. */
export function runCount(experiment: Experiment): number {
  const { halving } = experiment;
  const cells = plannedCells(experiment);
  const replicates = replicateCount(experiment);
  if (!halving) return cells * replicates;
  const rungs = rungsOf(halving, cells, longestRun(experiment));
  const counts = [...rungs.map(({ cells }) => cells), finalistCount(halving, cells, rungs)];
  return counts.reduce((sum, count) => sum + count) * replicates;
}

/** The steps of the longest run; 0 if no trainer counts any. */
export function longestRun({ cells, trainers }: Pick<Experiment, "cells" | "trainers">): number {
  let longest = 0;
  for (const { trainer, config } of cells) {
    longest = Math.max(longest, trainers.named(trainer).steps?.countOf(config) ?? 0);
  }
  return longest;
}
