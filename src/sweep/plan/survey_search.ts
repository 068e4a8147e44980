import { finalistCount, longestRun, rungsOf } from "../../experiment/halving.ts";
import { plannedCells } from "../../experiment/next_batch.ts";
import { replicateCount } from "../../experiment/replicates.ts";
import { type RunContext, runPlanner } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import { searchReplicates, searchStep } from "../search_cells.ts";
import type { KnownSearch } from "./known_search.ts";
import { countSteps } from "./step_counts.ts";
import {
  countKnown,
  firstToMeasure,
  NO_TIME,
  pacesOf,
  type StepOf,
  type Survey,
} from "./survey_runs.ts";

/**
 * Surveys the runs of an experiment whose search is not over: those of the batches whose cells are
 * known, and runs like them for all that may follow.
 */
export function surveySearch(
  context: RunContext,
  search: Pick<KnownSearch, "runs">,
  stepOf: StepOf,
): Survey {
  const runs = search.runs.map(({ run }) => run);
  const records = search.runs.map(({ record }) => record);
  const pending = runs.filter((_, index) => records[index] === undefined);
  const [ofKnown, ...standIns] = laterRuns(context);
  const ofKnownCells = [...pending, ...ofKnown];
  const missing = [...ofKnownCells, ...standIns.flat()];
  const { trainers } = context.experiment;
  return {
    missing: missing.length,
    certain: { total: runs.length, missing: pending.length },
    known: countKnown(runs, records),
    firstMissing: firstToMeasure(pending, trainers),
    samples: missing,
    steps: countSteps([...runs, ...ofKnown], ofKnownCells, stepOf, standIns),
    ...missing.length === 0 ? NO_TIME : pacesOf(runs, records, trainers),
  };
}

/**
 * The runs that may follow: first those of the known cells, then groups of runs that stand for those of
 * cells to come. Each group repeats the known cells, and stands for others than the next one.
 */
function laterRuns(context: RunContext): PlannedRun[][] {
  const { experiment } = context;
  const { cells, looks, halving } = experiment;
  const planned = plannedCells(experiment);
  const [first, all] = [searchReplicates(experiment), replicateCount(experiment)];
  const groups = Array.from(
    { length: Math.ceil(planned / cells.length) },
    (): PlannedRun[] => [],
  );
  const add = (places: Range, replicates: Range, stopAt?: number) => {
    const planCell = runPlanner({ ...context, stopAt });
    for (let place = places.from; place < places.to; place++) {
      const cell = cells.at(place % cells.length);
      const group = groups[Math.floor(place / cells.length)];
      if (cell) group.push(...indexesIn(replicates).map(planCell(cell)));
    }
  };
  add({ from: cells.length, to: planned }, { from: 0, to: first }, searchStep(experiment));
  const rungs = halving ? rungsOf(halving, planned, longestRun(experiment)) : [];
  if (halving && rungs.length > 0) {
    const finalists = finalistCount(halving, planned, rungs);
    for (const { step, cells } of [...rungs.slice(1), { step: undefined, cells: finalists }]) {
      add({ from: 0, to: cells }, { from: 0, to: all }, step);
    }
  }
  if (looks) add({ from: 0, to: planned }, { from: first, to: all });
  return groups;
}

/** Whole numbers from one on, up to but without another. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function indexesIn({ from, to }: Range): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
