import type { Dataset } from "../dataset/dataset.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { finalistCount, longestRun, rungsOf } from "../experiment/halving.ts";
import { plannedCells } from "../experiment/next_batch.ts";
import { replicateCount } from "../experiment/replicates.ts";
import { TEST_ROLES } from "../results/held_out_row.ts";
import { flopsOf } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import { runShape } from "./run_shape.ts";
import { searchReplicates } from "./search_cells.ts";
import { isLong } from "./stages/kept_states.ts";
import type { Stage, StageAhead, Work } from "./sweep_events.ts";

/** Cells whose work stands for that of all. */
const MOST_CELLS = 200;

export interface AheadOptions {
  /** With all cells, also those that were stopped. */
  readonly experiment: Experiment;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
  /** Whether there is room for models, by which long runs are scored. */
  readonly keepsModels: boolean;
}

/**
 * Says which stages follow one that begins, and how much work each is. Which cells go on is not known,
 * so it takes the mean of those that are left.
 *
 * @param runs Those of the stage that begins.
 */
export function stagesAhead(
  stage: Stage,
  runs: readonly Pick<PlannedRun, "cell">[],
  { experiment, dataset, keepsModels }: AheadOptions,
): StageAhead[] {
  if (stage.kind === "scores") return [];
  const { trainers, looks, halving } = experiment;
  const replicates = replicateCount(experiment);
  const shape = runShape(experiment, dataset);
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  const typical = sample(cells);
  const context = { experiment, shape };
  const ahead: StageAhead[] = [];
  const add = (
    { kind, runs, isAtMost }: Omit<StageAhead, "work">,
    workOf: (cell: Cell) => number,
  ) => {
    if (runs > 0) ahead.push({ kind, runs, isAtMost, work: sumOf(typical, workOf, runs) });
  };

  const planned = plannedCells(experiment);
  if (stage.kind === "batch") {
    const toCome = experiment.search?.cellsAfter(stage.batch) ?? 0;
    const { step } = stage;
    add({
      kind: "batch",
      runs: toCome * searchReplicates(experiment),
      isAtMost: true,
    }, (cell) => flopsOf(cell, { ...context, stopAt: step }));
  }
  const stoppedAt = stage.kind === "rung" || stage.kind === "batch" ? stage.step : undefined;
  if (stoppedAt !== undefined && halving) {
    const rungs = rungsOf(halving, planned, longestRun(experiment));
    const finalists = finalistCount(halving, planned, rungs);
    let from = stoppedAt;
    for (const { step, cells } of [...rungs, { step: Infinity, cells: finalists }]) {
      if (step <= from) continue;
      const begun = from;
      add({
        kind: step < Infinity ? "rung" : "runs",
        runs: cells * replicates,
        isAtMost: false,
      }, (cell) => {
        // Runs that can go on from a state do not begin again.
        const { canGoOn } = trainers.named(cell.trainer).steps ?? {};
        const done = canGoOn ? flopsOf(cell, { ...context, stopAt: begun }) : 0;
        return flopsOf(cell, { ...context, stopAt: step }) - done;
      });
      from = step;
    }
  }
  if ((stage.kind === "look" || stage.kind === "batch") && looks) {
    const had = stage.kind === "look" ? stage.seeds : looks[0];
    const seeds = (looks.at(-1) ?? had) - had;
    const left = stage.kind === "look" ? cells.length : planned;
    const more = left * replicates * seeds / experiment.seeds.length;
    add({ kind: "look", runs: more, isAtMost: true }, (cell) => flopsOf(cell, context));
  }
  if (shape.testRows > 0) {
    const scored = Math.min(TEST_ROLES.length, cells.length);
    add({ kind: "scores", runs: scored * replicates, isAtMost: scored > 1 }, (cell) => {
      const flops = flopsOf(cell, context);
      // Nothing is trained where there is a model.
      const hasModel = keepsModels && isLong({ flops }) && !trainers.named(cell.trainer).own;
      return hasModel ? 0 : flops;
    });
  }
  return ahead;
}

/** Some of many cells, all over the grid. */
function sample(cells: readonly Cell[]): readonly Cell[] {
  const every = Math.ceil(cells.length / MOST_CELLS);
  return cells.filter((_, index) => index % every === 0);
}

/** The work of so many runs of cells like these. */
function sumOf(cells: readonly Cell[], workOf: (cell: Cell) => number, runs: number): Work {
  const work = new Map<string, number>();
  for (const cell of cells) {
    const { trainer } = cell;
    work.set(trainer, (work.get(trainer) ?? 0) + workOf(cell) * runs / cells.length);
  }
  return work;
}
