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
  const later = laterRuns(context);
  const missing = [...pending, ...later];
  const { trainers } = context.experiment;
  return {
    missing: missing.length,
    certain: { total: runs.length, missing: pending.length },
    known: countKnown(runs, records),
    firstMissing: firstToMeasure(pending, trainers),
    samples: missing,
    steps: countSteps([...runs, ...later], missing, stepOf),
    ...missing.length === 0 ? NO_TIME : pacesOf(runs, records, trainers),
  };
}

/** Runs as long as those that may follow: of which cells is not known yet. */
function laterRuns(context: RunContext): PlannedRun[] {
  const { experiment } = context;
  const { cells, search, looks, halving } = experiment;
  const planned = plannedCells(experiment);
  const [first, all] = [searchReplicates(experiment), replicateCount(experiment)];
  const like = (count: number, stopAt: number | undefined, from: number, to: number) => {
    const planCell = runPlanner({ ...context, stopAt });
    return Array.from({ length: count }, (_, index) => cells.at(index % cells.length))
      .flatMap((cell) => {
        const replicates = Array.from({ length: to - from }, (_, index) => from + index);
        return cell ? replicates.map(planCell(cell)) : [];
      });
  };
  const rungs = halving ? rungsOf(halving, planned, longestRun(experiment)) : [];
  const stages = halving && rungs.length > 0
    ? [
      ...rungs.slice(1),
      { step: undefined, cells: finalistCount(halving, planned, rungs) },
    ]
    : [];
  return [
    ...like(search?.cellsAfter(search.batches.length) ?? 0, searchStep(experiment), 0, first),
    ...stages.flatMap(({ step, cells }) => like(cells, step, 0, all)),
    ...looks ? like(planned, undefined, first, all) : [],
  ];
}
