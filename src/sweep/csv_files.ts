import type { Experiment } from "../experiment/experiment.ts";
import { curveRows } from "../results/curves_csv.ts";
import { histogramRows } from "../results/histograms_csv.ts";
import { resultColumns } from "../results/result_columns.ts";
import { type ResultRows, tableTexts } from "../results/result_files.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { runRows } from "../results/runs_csv.ts";
import type { TestResult } from "../trainers/run_result.ts";
import type { ScoredDataset } from "./scored_rows.ts";

/** The text of every CSV file of a sweep, by its name, with the rows in it. */
export interface CsvFiles extends ResultRows {
  readonly texts: Readonly<Record<string, string>>;
}

/** The data for a sweep's CSV files, apart from its experiment. */
export interface CsvContent {
  /** Absent if the experiment has none. */
  readonly dataset?: ScoredDataset;
  readonly outcomes: readonly RunOutcome[];
  /** By key, for the completed runs of `scoredCells()`; other runs are ignored. */
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Absent if every cell was trained to the end. */
  readonly halving?: readonly HalvingRow[];
  /** True: confusion.csv has no recall, as in the first version. */
  readonly lacksRecall?: boolean;
}

/**
 * Makes a sweep's CSV files: the same text for the same experiment, whoever computed the outcomes,
 * when, where and in which order.
 */
export async function csvFiles(experiment: Experiment, content: CsvContent): Promise<CsvFiles> {
  const rows = await resultRows(experiment, content);
  return { ...rows, texts: tableTexts(rows, resultColumns(experiment, content)) };
}

/** The rows of a sweep's CSV files. Statistics use only runs.csv, so they are as reproducible. */
async function resultRows(
  experiment: Experiment,
  content: CsvContent,
): Promise<ResultRows> {
  const { dataset, outcomes, tests, halving, lacksRecall } = content;
  const { test: columns } = resultColumns(experiment, content);
  // Not before they are needed: training starts without them.
  const [{ analyze }, { heldOutRows }, { questionOfExperiment, scoredCells }, { scoredRows }] =
    await Promise.all([
      import("../statistics/analyze.ts"),
      import("../statistics/held_out_rows.ts"),
      import("./scored_cells.ts"),
      import("./scored_rows.ts"),
    ]);
  const runs = runRows(experiment, outcomes);
  const { cells, comparisons } = analyze(runs, questionOfExperiment(experiment, dataset));
  const roles = scoredCells(experiment, runs, dataset);
  const test = heldOutRows(runs, roles, { scores: tests, columns });
  return {
    runs,
    curves: curveRows(experiment, outcomes),
    histograms: histogramRows(outcomes),
    cells,
    comparisons,
    halving,
    ...dataset && experiment.dataset &&
      scoredRows(test, { dataset, split: experiment.dataset.split, tests, lacksRecall }),
  };
}
