import type { SplitSource } from "../dataset/split_rows.ts";
import { baselineCell, type Experiment } from "../experiment/experiment.ts";
import type { TestRole } from "../results/held_out_row.ts";
import type { RunRow } from "../results/run_row.ts";
import { testRolesOf } from "../statistics/held_out_rows.ts";
import { type Question, questionOf } from "../statistics/question.ts";
import { recommendCells } from "../statistics/recommend_cells.ts";
import { manifestTrainers } from "./manifest_trainers.ts";
import { splitFactsIfAny, testRowCount } from "./split_facts.ts";

/** The question that an experiment asks, before there is a manifest. */
export function questionOfExperiment(
  experiment: Experiment,
  dataset: SplitSource | undefined,
): Question {
  return questionOf({
    experiment: { ...experiment, baseline: baselineCell(experiment).name },
    dataset: splitFactsIfAny(experiment, dataset),
    ...manifestTrainers(experiment),
  });
}

/**
 * The cells that are scored on the test rows, and why: none if the split leaves no rows for a test,
 * or if no run completed.
 */
export function scoredCells(
  experiment: Experiment,
  runs: readonly RunRow[],
  dataset: SplitSource | undefined,
): Map<string, TestRole[]> {
  if (testRowCount(experiment, dataset) === 0) return new Map();
  const question = questionOfExperiment(experiment, dataset);
  const selection = recommendCells(runs, question);
  return selection ? testRolesOf(selection, question.baseline) : new Map();
}
