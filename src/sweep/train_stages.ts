import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { halve } from "./halve.ts";
import type { SoFar } from "./live/so_far.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import { searchCells } from "./search_cells.ts";
import type { Stage } from "./sweep_events.ts";
import { trainLooks } from "./train_looks.ts";

/** All runs of an experiment that are trained to their ends, in its order, with their outcomes. */
export interface TrainedStages {
  /** With the cells that were not stopped early. */
  readonly experiment: Experiment;
  readonly runs: readonly PlannedRun[];
  readonly outcomes: readonly KeptOutcome[];
  /** Absent if the experiment stops no cell early. */
  readonly halving?: readonly HalvingRow[];
}

/** Trains a stage's runs; runs that are left out have no outcome. */
export type TrainStage = (
  stage: Stage,
  runs: readonly PlannedRun[],
) => Promise<readonly KeptOutcome[]>;

/**
 * Trains an experiment stage by stage: batches, if it searches cells; rungs, if it stops cells early;
 * then the other cells to their ends, with more and more seeds, if it gives them until they are decided.
 *
 * @param soFar Gets to know what there is.
 * @param allRuns Gives all of the experiment's runs.
 * @returns Undefined if runs were left out, or one failed that decides what follows.
 */
export async function trainStages(
  { experiment, dataset }: OpenedExperiment,
  soFar: SoFar,
  { train: trainStage, allRuns }: {
    readonly train: TrainStage;
    readonly allRuns: () => readonly PlannedRun[];
  },
): Promise<TrainedStages | undefined> {
  const all = await searchCells(experiment, dataset, async (runs, { number, of, step }) => {
    const outcomes = await trainStage(
      { kind: "batch", batch: number, of, ...step && { step } },
      runs,
    );
    return soFar.counts.failed > 0 || outcomes.length < runs.length ? undefined : outcomes;
  }, (batch) => soFar.finishBatch(batch));
  if (all.isUnfinished) return undefined;
  const train = withoutKnown(all.outcomes, trainStage);
  const halved = await halve(all.experiment, dataset, async (runs, { step }) => {
    const outcomes = await train({ kind: "rung", step }, runs);
    return soFar.counts.failed > 0 || outcomes.length < runs.length ? undefined : outcomes;
  }, (rung) => soFar.finishRung(rung));
  if (halved.isUnfinished) return undefined;
  soFar.beginFinalists(halved);
  const { experiment: finalists, rows: halving } = halved;

  const trainAll = async (runs: readonly PlannedRun[]) => {
    const outcomes = await train({ kind: "runs" }, runs);
    return outcomes.length === runs.length ? { runs, outcomes } : undefined;
  };
  const trained = finalists.looks
    ? await trainLooks(finalists, dataset, async (runs, { seeds, isLast }) => {
      const outcomes = await train({ kind: "look", seeds }, runs);
      if (outcomes.length < runs.length) return undefined;
      soFar.finishLook(outcomes);
      return isLast || soFar.counts.failed === 0 ? outcomes : undefined;
    })
    : await trainAll(
      finalists === experiment ? allRuns() : planRuns(finalists, dataset).runs,
    );
  if (!trained) return undefined;
  soFar.finishRuns(trained.outcomes);
  return { experiment: finalists, ...trained, ...halving && { halving } };
}

/** Trains runs but for those whose outcomes are known from a search. */
function withoutKnown(known: readonly KeptOutcome[], train: TrainStage): TrainStage {
  if (known.length === 0) return train;
  const outcomeOf = new Map(known.map((outcome) => [outcome.key, outcome]));
  return async (stage, runs) => {
    const found = runs.map(({ key, cell }) => {
      const outcome = outcomeOf.get(key);
      // Where cells were stopped, others have their indexes.
      return outcome?.cell.index === cell.index ? outcome : undefined;
    });
    const others = runs.filter((_, index) => !found[index]);
    const trained = others.length > 0 ? await train(stage, others) : [];
    const trainedOf = new Map(trained.map((outcome) => [outcome.key, outcome]));
    return runs.flatMap(({ key }, index) => found[index] ?? trainedOf.get(key) ?? []);
  };
}
