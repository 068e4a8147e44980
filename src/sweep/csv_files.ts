import type { Experiment } from "../experiment/experiment.ts";
import { curveRows } from "../results/curves_csv.ts";
import { histogramRows } from "../results/histograms_csv.ts";
import { type ResultColumns, resultColumns } from "../results/result_columns.ts";
import { type ResultRows, tableTexts } from "../results/result_files.ts";
import type { KeptOutcome, RunOutcome } from "../results/run_outcome.ts";
import type { HalvingRow, RunRow } from "../results/run_row.ts";
import { runRows } from "../results/runs_csv.ts";
import type { TestResult } from "../trainers/run_result.ts";
import type { RunTable } from "./run_tables.ts";
import type { ScoredDataset } from "./scored_rows.ts";

/** The text of every CSV file of a sweep, by its name, with the rows in it. */
export interface CsvFiles extends ResultRows {
  readonly texts: Readonly<Record<string, string>>;
}

/** The data for a sweep's CSV files, apart from its experiment. */
export interface CsvContent extends TableContent {
  readonly outcomes: readonly RunOutcome[];
}

/** The data for the CSV files that do not need whole results. */
export interface TableContent {
  /** Absent if the experiment has none. */
  readonly dataset?: ScoredDataset;
  readonly outcomes: readonly KeptOutcome[];
  /** By key, for the completed runs of `scoredCells()`; other runs are ignored. */
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Absent if every cell was trained to the end. */
  readonly halving?: readonly HalvingRow[];
  /** Present if runs are missing: test rows are left alone until all have ended. */
  readonly unfinished?: unknown;
  /** True: confusion.csv has no recall, as in the first version. */
  readonly lacksRecall?: boolean;
}

/**
 * Makes a sweep's CSV files: the same text for the same experiment, whoever computed the outcomes,
 * when, where and in which order.
 */
export async function csvFiles(experiment: Experiment, content: CsvContent): Promise<CsvFiles> {
  const { outcomes } = content;
  const columns = resultColumns(experiment, content);
  const runs = runRows(experiment, outcomes, columns);
  const rows = {
    runs,
    ...await derivedRows(experiment, content, { runs, columns }),
    curves: curveRows(experiment, outcomes, columns),
    histograms: histogramRows(outcomes),
  };
  return { ...rows, texts: tableTexts(rows, columns) };
}

/** The rows of runs.csv, and the columns of all of a sweep's CSV files. */
interface RunsTable {
  readonly runs: readonly RunRow[];
  readonly columns: ResultColumns;
}

/**
 * The rows of a sweep's CSV files except those that `RunTables` writes. Statistics use only the rows of
 * runs.csv, so they are as reproducible.
 */
export async function derivedRows(
  experiment: Experiment,
  { dataset, tests, halving, unfinished, lacksRecall }: Omit<TableContent, "outcomes">,
  { runs, columns }: RunsTable,
): Promise<Omit<ResultRows, RunTable>> {
  // Not before they are needed: training starts without them.
  const [
    { analyze },
    { heldOutRows },
    { lookRows },
    { questionOfExperiment, scoredCells },
    { scoredRows },
  ] = await Promise.all([
    import("../statistics/analyze.ts"),
    import("../statistics/held_out_rows.ts"),
    import("../statistics/look_rows.ts"),
    import("./scored_cells.ts"),
    import("./scored_rows.ts"),
  ]);
  const question = questionOfExperiment(experiment, dataset);
  const { cells, comparisons } = analyze(runs, question);
  const roles = unfinished ? new Map() : scoredCells(experiment, runs, dataset);
  const test = heldOutRows(runs, roles, { scores: tests, columns: columns.test });
  return {
    cells,
    comparisons,
    halving,
    looks: lookRows(runs, question),
    ...dataset && experiment.dataset &&
      scoredRows(test, { dataset, split: experiment.dataset.split, tests, lacksRecall }),
  };
}
