import { type Halving, UNASKED_RUNS } from "../../experiment/experiment.ts";
import {
  finalistCount,
  longestRun,
  runCount,
  type Rung,
  rungsOf,
} from "../../experiment/halving.ts";
import { replicateCount, replicateIndexes } from "../../experiment/replicates.ts";
import type { Store } from "../../store/store.ts";
import { halve } from "../halve.ts";
import { planRuns, type RunContext, runPlanner } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import { type LookedUpRun, lookUpRuns } from "./look_up_runs.ts";
import { countSteps } from "./step_counts.ts";
import {
  firstToMeasure,
  NO_TIME,
  pacesOf,
  type StepOf,
  type Survey,
  surveyMany,
} from "./survey_runs.ts";

/**
 * Looks up the runs of an experiment that stops cells early, rung by rung. Which cells go on is known
 * only if the store has all runs of a rung; of later rungs, only the number of cells is known.
 */
export async function surveyRungs(
  context: RunContext,
  halving: Halving,
  store: Store,
  stepOf: StepOf,
): Promise<Survey> {
  const { experiment, dataset } = context;
  const { cells } = experiment;
  const stages = stagesOf(context, halving);
  const total = runCount(experiment);
  if (total > UNASKED_RUNS) {
    // Each stage takes about as long as the first.
    const firstRuns = cells.length * replicateCount(experiment);
    const survey = await surveyMany({ ...context, stopAt: stages[0].step }, store);
    const factor = stages.length * firstRuns / total;
    const samples = survey.samples.map(({ cell, flops }) => ({ cell, flops: flops * factor }));
    return { ...survey, missing: survey.missing + total - firstRuns, samples };
  }
  const lookedUp: LookedUpRun[] = [];
  let stage = 0;
  const lookUp = async (runs: readonly PlannedRun[]) => {
    stage++;
    const found = await lookUpRuns(runs, store);
    for (const run of found.lookedUp) lookedUp.push(run);
    return found.outcomes;
  };
  const halved = await halve(experiment, dataset, lookUp);
  if (!halved.isUnfinished) await lookUp(planRuns(halved.experiment, dataset).runs);

  const missing = lookedUp.filter(({ record }) => !record).map(({ run }) => run);
  const known = new Map<number, number>();
  for (const [cell, own] of Map.groupBy(lookedUp, ({ run }) => run.cell)) {
    // For a cell that went on, its last rung counts.
    const index = cells.indexOfConfig(cell.trainer, cell.config, cell.preparation);
    known.set(index, own.filter(({ record }) => record).length);
  }
  const later = stages.slice(stage).flatMap((rung) => typicalRuns(context, rung));
  const samples = [...missing, ...later];
  return {
    missing: samples.length,
    known,
    firstMissing: firstToMeasure(missing, experiment.trainers),
    samples,
    steps: countSteps([...lookedUp.map(({ run }) => run), ...later], samples, stepOf),
    ...samples.length === 0 ? NO_TIME : pacesOf(
      lookedUp.map(({ run }) => run),
      lookedUp.map(({ record }) => record),
      experiment.trainers,
    ),
  };
}

/** The rungs, and after them the runs to the end. */
function stagesOf({ experiment }: RunContext, halving: Halving): readonly Rung[] {
  const { cells } = experiment;
  const rungs = rungsOf(halving, cells.length, longestRun(experiment));
  return [...rungs, { step: Infinity, cells: finalistCount(halving, cells.length, rungs) }];
}

/** Runs that are as long as those of a rung whose cells are not known yet. */
function typicalRuns(context: RunContext, { step, cells }: Rung): PlannedRun[] {
  const { experiment } = context;
  const planCell = runPlanner({ ...context, stopAt: step });
  return Array.from({ length: cells }, (_, index) => experiment.cells.at(index))
    .flatMap((cell) => cell ? replicateIndexes(experiment).map(planCell(cell)) : []);
}
