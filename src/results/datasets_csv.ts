import type { Verdict } from "./comparison.ts";
import { formatTable, type TableShape } from "./csv_table.ts";

/** One line of datasets.csv: what a sweep of several datasets found on one of them. */
export interface DatasetRow {
  /** Its name. */
  readonly dataset: string;
  /** Of the table. */
  readonly rows: number;
  /** Number of a model's inputs. */
  readonly features: number;
  /** 0 of quantities. */
  readonly classes: number;
  /** Those that were trained to the end. */
  readonly cells: number;
  /** The lines of its runs.csv. */
  readonly runs: number;
  /** The name of the cell that the others are compared with. */
  readonly baseline: string;
  /** The baseline's mean of the metric; absent if no run of it completed. */
  readonly baselineMean?: number;
  /** The cell with the best mean, as in `recommendCells()`; absent if no run completed. */
  readonly best?: string;
  readonly bestMean?: number;
  /** Best − baseline, with its simultaneous interval; this and the next three are absent if they are one. */
  readonly meanDifference?: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
  readonly verdict?: Verdict;
  /** The mean scores of the two cells on the test rows; absent if there are none. */
  readonly testBaseline?: number;
  readonly testBest?: number;
}

const SHAPE: TableShape = {
  file: "datasets.csv",
  before: [
    ...["dataset", "rows", "features", "classes", "cells", "runs", "baseline", "baseline_mean"],
    ...["best", "best_mean", "mean_difference", "ci_low_simultaneous", "ci_high_simultaneous"],
    ...["verdict", "test_baseline", "test_best"],
  ],
  after: [],
};

/** Writes the text of datasets.csv: a line per table, in the given order. */
export function datasetsCsv(rows: readonly DatasetRow[]): string {
  return formatTable(
    SHAPE,
    {},
    rows.map((row) => [
      ...[row.dataset, row.rows, row.features, row.classes, row.cells, row.runs],
      ...[row.baseline, row.baselineMean, row.best, row.bestMean],
      ...[row.meanDifference, row.ciLow, row.ciHigh, row.verdict],
      ...[row.testBaseline, row.testBest],
    ]),
  );
}
