import type { Metric } from "../experiment/experiment.ts";
import { RUN_FIGURES } from "../results/figures.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval, meanOf } from "./_mean_interval.ts";
import type { CellSummary } from "./cell_summary.ts";

/**
 * Summarizes each cell's completed runs, in the order in which the cells first appear.
 *
 * Diverged and failed runs are counted, and left out of all other figures.
 */
export function summarizeCells(runs: readonly RunRow[], metric: Metric): CellSummary[] {
  return [...Map.groupBy(runs, ({ cell }) => cell)].map(([cell, rows]) => {
    const count = (status: RunRow["status"]) => rows.filter((row) => row.status === status).length;
    const completed = rows.filter(({ status }) => status === "completed")
      .flatMap(({ figures }) => figures ?? []);
    return {
      cell,
      values: rows[0].values,
      n: completed.length,
      ...meanInterval(completed.map((figures) => figures[metric])),
      means: meansOf(completed),
      diverged: count("diverged"),
      failed: count("failed"),
    };
  });
}

function meansOf(completed: readonly NonNullable<RunRow["figures"]>[]): CellSummary["means"] {
  if (completed.length === 0) return {};
  return Object.fromEntries(
    RUN_FIGURES.map((figure) => [figure, meanOf(completed.map((figures) => figures[figure]))]),
  );
}
