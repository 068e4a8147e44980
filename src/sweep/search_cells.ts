import type { Dataset } from "../dataset/dataset.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { longestRun, rungsOf } from "../experiment/halving.ts";
import { nextBatch, plannedCells, withFound } from "../experiment/next_batch.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import { meritOf, type Standing, standingsOf, valuesOf } from "./standings.ts";
import { trainableOn } from "./trainable_on.ts";

/** A batch of a search, of which the cells that it adds are known. */
export interface Batch {
  /** From 1. */
  readonly number: number;
  /** How many batches there are at most. */
  readonly of: number;
  /** The step at which its runs stop; absent if they are trained to their ends. */
  readonly step?: number;
}

/** A batch with an outcome of each run. */
export interface FinishedBatch extends Pick<Batch, "step"> {
  /** With the cells so far, and what was found. */
  readonly experiment: Experiment;
  /** Of the batch's own runs. */
  readonly outcomes: readonly KeptOutcome[];
}

/** Trains a batch's runs; resolves to undefined if the batch is to be left unfinished. */
export type TrainBatch = (
  runs: readonly PlannedRun[],
  batch: Batch,
) => Promise<readonly KeptOutcome[] | undefined>;

/** An experiment's cells as far as a search has come. */
export interface SearchedExperiment {
  readonly experiment: Experiment;
  /** Of all batches. */
  readonly outcomes: readonly KeptOutcome[];
  /** True if `train` left a batch. */
  readonly isUnfinished: boolean;
}

/**
 * Trains the cells of a search batch by batch: each is proposed by the results of those before, in the
 * order of the cells, whoever computed them and when.
 *
 * Cells are compared by what the experiment would decide next: with successive halving, after the steps
 * of its first rung; where cells get seeds until they are decided, on the seeds of the first look.
 *
 * @param onFinished Called with each batch that was finished.
 * @throws {UserError} If the dataset cannot be split as the experiment says.
 */
export async function searchCells(
  experiment: Experiment,
  dataset: Dataset | undefined,
  train: TrainBatch,
  onFinished?: (batch: FinishedBatch) => void,
): Promise<SearchedExperiment> {
  const outcomes: KeptOutcome[] = [];
  let current = experiment;
  const isTrainable = experiment.search && await trainableOn(experiment, dataset);
  // Cells of earlier batches have the lower indexes.
  let first = 0;
  while (current.search && !current.searched?.isOver) {
    const { runs, step } = batchRuns(current, dataset, first);
    const { batches, batchCount: of } = current.search;
    const ended = await train(runs, { number: batches.length, of, ...step && { step } });
    if (!ended) return { experiment: current, outcomes, isUnfinished: true };
    for (const outcome of ended) outcomes.push(outcome);
    const standings = standingsOf(current, valuesOf(outcomes, metricOfSearch(current)));
    current = finishBatch(current, standings);
    onFinished?.({ experiment: current, outcomes: ended, ...step && { step } });
    first = current.cells.length;
    current = proposeBatch(current, standings, isTrainable);
  }
  return { experiment: current, outcomes, isUnfinished: false };
}

/** What a search compares cells by. */
export function metricOfSearch({ halving, metric }: Experiment): Experiment["metric"] {
  return halving?.metric ?? metric;
}

/** The step at which the runs of a search stop; undefined if they are trained to their ends. */
export function searchStep(experiment: Experiment): number | undefined {
  const { halving } = experiment;
  return halving && rungsOf(halving, plannedCells(experiment), longestRun(experiment))[0]?.step;
}

/** How many replicates of each cell a search looks at. */
export function searchReplicates({ looks, dataset, seeds }: Experiment): number {
  return (looks?.[0] ?? seeds.length) * (dataset?.split.folds ?? 1);
}

/** The runs of the cells from an index on, as far as a search needs them. */
function batchRuns(experiment: Experiment, dataset: Dataset | undefined, first: number) {
  const step = searchStep(experiment);
  const replicates = searchReplicates(experiment);
  const { runs } = planRuns(experiment, dataset, step);
  const own = runs.filter(({ cell, replicate }) => cell.index >= first && replicate < replicates);
  return { runs: own, step };
}

/** The experiment with the best of its cells so far. */
export function finishBatch(experiment: Experiment, standings: readonly Standing[]): Experiment {
  const metric = metricOfSearch(experiment);
  let best: Standing | undefined;
  for (const standing of standings) {
    if (!standing.isWhole || standing.mean === undefined) continue;
    // Of equally good cells, the first is the best.
    if (!best || meritOf(standing, metric) > meritOf(best, metric)) best = standing;
  }
  const { length: cells } = experiment.cells;
  return withFound(experiment, { cells, ...best && { best: best.cell.name, mean: best.mean } });
}

/**
 * The experiment with the next batch, if there is one: a cell with a run that diverged is no good.
 *
 * @param isTrainable Whether a cell can be trained on the dataset: others are not proposed.
 */
export function proposeBatch(
  experiment: Experiment,
  standings: readonly Standing[],
  isTrainable?: (cell: Cell) => boolean,
): Experiment {
  const metric = metricOfSearch(experiment);
  return nextBatch(
    experiment,
    standings.map((standing) => standing.isWhole ? meritOf(standing, metric) : -Infinity),
    isTrainable,
  );
}
