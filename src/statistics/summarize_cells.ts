import type { CellSummary } from "../results/cell_summary.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import {
  type CompletedRun,
  completedRuns,
  metricByReplicate,
  runsByCell,
  runsWith,
} from "./_runs_by_cell.ts";
import { meanOf } from "./mean.ts";
import type { Question } from "./question.ts";

/**
 * Summarizes each cell's completed runs, in the order in which the cells first appear.
 *
 * Diverged and failed runs are counted but left out of all means; so is a run that leaves a measure
 * undefined of that measure's.
 */
export function summarizeCells(
  runs: readonly RunRow[],
  { metric, overlap }: Pick<Question, "metric" | "overlap">,
): CellSummary[] {
  return [...runsByCell(runs)].map(([cell, rows]) => {
    const count = (status: RunRow["status"]) => rows.filter((row) => row.status === status).length;
    const completed = completedRuns(rows);
    const values = [...metricByReplicate(completed, metric).values()];
    return {
      cell,
      values: rows[0].values,
      n: values.length,
      ...meanInterval(values, overlap),
      means: meansOf(completed),
      diverged: count("diverged"),
      failed: count("failed"),
    };
  });
}

function meansOf(completed: readonly CompletedRun[]): CellSummary["means"] {
  if (completed.length === 0) return {};
  return Object.fromEntries(
    Object.keys(completed[0].measures).map((column) => {
      const values = runsWith(column, completed).map(({ measures }) => measures[column]);
      return [column, values.length > 0 ? meanOf(values) : undefined];
    }),
  );
}
