import type { CellSummary } from "../results/cell_summary.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import { type CompletedRun, completedRuns, runsByCell } from "./_runs_by_cell.ts";
import { meanOf } from "./mean.ts";
import type { Question } from "./question.ts";

/**
 * Summarizes each cell's completed runs, in the order in which the cells first appear.
 *
 * Diverged and failed runs are counted but left out of all means.
 */
export function summarizeCells(
  runs: readonly RunRow[],
  { metric, overlap }: Pick<Question, "metric" | "overlap">,
): CellSummary[] {
  return [...runsByCell(runs)].map(([cell, rows]) => {
    const count = (status: RunRow["status"]) => rows.filter((row) => row.status === status).length;
    const completed = completedRuns(rows);
    return {
      cell,
      values: rows[0].values,
      n: completed.length,
      ...meanInterval(completed.map(({ measures }) => measures[metric]), overlap),
      means: meansOf(completed),
      diverged: count("diverged"),
      failed: count("failed"),
    };
  });
}

function meansOf(completed: readonly CompletedRun[]): CellSummary["means"] {
  if (completed.length === 0) return {};
  return Object.fromEntries(
    Object.keys(completed[0].measures)
      .map((column) => [column, meanOf(completed.map(({ measures }) => measures[column]))]),
  );
}
