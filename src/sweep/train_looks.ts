import type { Dataset } from "../dataset/dataset.ts";
import type { SplitSource } from "../dataset/split_rows.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { RunRow } from "../results/run_row.ts";
import { runRows } from "../results/runs_csv.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";

/** A look at the results so far, after which cells that are decided get no more seeds. */
export interface Look {
  /** How many seeds each cell has by then that gets more. */
  readonly seeds: number;
  /** True if no cell can have more. */
  readonly isLast: boolean;
}

/** Trains a look's new runs; resolves to undefined if it cannot be decided which others follow. */
export type TrainLook<Outcome extends KeptOutcome> = (
  runs: readonly PlannedRun[],
  look: Look,
) => Promise<readonly Outcome[] | undefined>;

/** Runs, by cell and then by seed, with their outcomes in the same order. */
export interface TrainedLooks<Outcome extends KeptOutcome> {
  readonly runs: readonly PlannedRun[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Gives cells seeds until they are decided: trains all cells on as many as the first look has, looks
 * at the results, and goes on with the cells that are not decided, and the baseline.
 *
 * @param experiment It has looks.
 * @returns Undefined if `train` returned it.
 */
export async function trainLooks<Outcome extends KeptOutcome>(
  experiment: Experiment,
  dataset: Dataset | undefined,
  train: TrainLook<Outcome>,
): Promise<TrainedLooks<Outcome> | undefined> {
  const all = planRuns(experiment, dataset).runs;
  const outcomes = new Map<PlannedRun, Outcome>();
  for (;;) {
    const rows = runRows(experiment, [...outcomes.values()]);
    const { runs, next } = await runsOfLooks(all, rows, { experiment, dataset });
    const more = runs.filter((run) => !outcomes.has(run));
    if (next === undefined || more.length === 0) {
      return { runs, outcomes: runs.flatMap((run) => outcomes.get(run) ?? []) };
    }
    const isLast = next === experiment.looks?.at(-1);
    const ended = await train(more, { seeds: next, isLast });
    if (!ended) return undefined;
    const runOf = new Map(more.map((run) => [run.key, run]));
    for (const outcome of ended) {
      const run = runOf.get(outcome.key);
      if (run) outcomes.set(run, outcome);
    }
  }
}

/**
 * Finds the runs that an experiment's looks ask for: those of the looks that these rows are enough for,
 * and of the one after them.
 *
 * @param all The runs that all cells have with all seeds.
 */
export async function runsOfLooks(
  all: readonly PlannedRun[],
  rows: readonly RunRow[],
  { experiment, dataset }: { readonly experiment: Experiment; readonly dataset?: SplitSource },
): Promise<{
  readonly runs: readonly PlannedRun[];
  /** The seeds of the look that comes next; absent if none does. */
  readonly next?: number;
}> {
  // Not before they are needed: training starts without them.
  const [{ raceCells }, { questionOfExperiment }] = await Promise.all([
    import("../statistics/race.ts"),
    import("./scored_cells.ts"),
  ]);
  const question = questionOfExperiment(experiment, dataset);
  const { looks = [experiment.seeds.length], folds = 1, baseline } = question;
  const cells = experiment.cells.map(({ name }) => name);
  const { standings, active, next } = raceCells(rows, question, { cells, looks });
  const seedsOf = new Map([...standings].map(([cell, { seeds }]) => [cell, seeds]));
  // The baseline is compared with all of them.
  seedsOf.set(baseline, Math.max(0, ...seedsOf.values()));
  if (next !== undefined) { for (const cell of active) seedsOf.set(cell, next); }
  const runs = all.filter(({ cell, replicate }) => {
    return replicate < (seedsOf.get(cell.name) ?? 0) * folds;
  });
  return { runs, ...next !== undefined && { next } };
}
