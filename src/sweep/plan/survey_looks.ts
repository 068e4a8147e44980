import type { Dataset } from "../../dataset/dataset.ts";
import type { Experiment } from "../../experiment/experiment.ts";
import type { RunRecord } from "../../store/run_record.ts";
import type { Store } from "../../store/store.ts";
import { knownRecords } from "../known_records.ts";
import { outcomeOf } from "../outcome_of.ts";
import { planRuns, type RunContext } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import { trainLooks } from "../train_looks.ts";
import { countSteps } from "./step_counts.ts";
import { firstToMeasure, NO_TIME, pacesOf, type StepOf, type Survey } from "./survey_runs.ts";

/** The runs that an experiment's looks have asked for so far. */
export interface AskedRuns {
  /** Those of all looks whose runs are known, and of the one that comes next. */
  readonly runs: readonly { readonly run: PlannedRun; readonly record?: RunRecord }[];
  /** Runs that cells which are not decided could have after that look. */
  readonly later: readonly PlannedRun[];
}

/** Replays an experiment's looks as far as the store has their runs. */
export async function askedRuns(
  experiment: Experiment,
  dataset: Dataset | undefined,
  store: Store,
): Promise<AskedRuns> {
  const lookedUp: { run: PlannedRun; record?: RunRecord }[] = [];
  let later: readonly PlannedRun[] = [];
  await trainLooks(experiment, dataset, async (runs) => {
    const records = knownRecords(runs, await store.getMany(runs.map(({ key }) => key)));
    runs.forEach((run, index) => lookedUp.push({ run, record: records[index] }));
    const outcomes = runs.flatMap((run, index) => {
      const result = records[index]?.result;
      return result ? [outcomeOf(run, { result })] : [];
    });
    if (outcomes.length === runs.length) return outcomes;
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
  const known = new Map<number, number>();
  runs.forEach(({ cell: { index } }, place) => {
    if (records[place]) known.set(index, (known.get(index) ?? 0) + 1);
  });
  const missing = [...pending, ...later];
  return {
    missing: missing.length,
    certain: { total: runs.length, missing: pending.length },
    known,
    firstMissing: firstToMeasure(pending, experiment.trainers),
    samples: missing,
    steps: countSteps([...runs, ...later], missing, stepOf),
    ...missing.length === 0 ? NO_TIME : pacesOf(runs, records, experiment.trainers),
  };
}
