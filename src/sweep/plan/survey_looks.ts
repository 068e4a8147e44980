import type { Dataset } from "../../dataset/dataset.ts";
import type { Experiment } from "../../experiment/experiment.ts";
import type { Store } from "../../store/store.ts";
import { planRuns, type RunContext } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import { trainLooks } from "../train_looks.ts";
import { type LookedUpRun, lookUpRuns } from "./look_up_runs.ts";
import { countSteps } from "./step_counts.ts";
import {
  countKnown,
  firstToMeasure,
  NO_TIME,
  pacesOf,
  type StepOf,
  type Survey,
} from "./survey_runs.ts";

/** The runs that an experiment's looks have asked for so far. */
export interface AskedRuns {
  /** Those of all looks whose runs are known, and of the one that comes next. */
  readonly runs: readonly LookedUpRun[];
  /** Runs that cells which are not decided could have after that look. */
  readonly later: readonly PlannedRun[];
}

/** Replays an experiment's looks as far as the store has their runs. */
export async function askedRuns(
  experiment: Experiment,
  dataset: Dataset | undefined,
  store: Store,
): Promise<AskedRuns> {
  const lookedUp: LookedUpRun[] = [];
  let later: readonly PlannedRun[] = [];
  await trainLooks(experiment, dataset, async (runs) => {
    const found = await lookUpRuns(runs, store);
    for (const run of found.lookedUp) lookedUp.push(run);
    if (found.outcomes) return found.outcomes;
    const cells = new Set(runs.map(({ cell }) => cell.index));
    const last = Math.max(...runs.map(({ replicate }) => replicate));
    later = planRuns(experiment, dataset).runs.filter(({ cell, replicate }) => {
      return cells.has(cell.index) && replicate > last;
    });
    return undefined;
  });
  return { runs: lookedUp, later };
}

/**
 * Looks up the runs of an experiment whose cells get seeds until they are decided. Which cells go on
 * is known only if the store has all runs of a look; of later looks, only how many runs there can be.
 */
export async function surveyLooks(
  { experiment, dataset }: RunContext,
  store: Store,
  stepOf: StepOf,
): Promise<Survey> {
  const asked = await askedRuns(experiment, dataset, store);
  const { later } = asked;
  const runs = asked.runs.map(({ run }) => run);
  const records = asked.runs.map(({ record }) => record);
  const pending = runs.filter((_, index) => records[index] === undefined);
  const missing = [...pending, ...later];
  return {
    missing: missing.length,
    certain: { total: runs.length, missing: pending.length },
    known: countKnown(runs, records),
    firstMissing: firstToMeasure(pending, experiment.trainers),
    samples: missing,
    steps: countSteps([...runs, ...later], missing, stepOf),
    ...missing.length === 0 ? NO_TIME : pacesOf(runs, records, experiment.trainers),
  };
}
