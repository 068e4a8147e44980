import type { CurveRow, RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import { runsByCell } from "./_runs_by_cell.ts";

/** A cell's measure at one step, over its completed runs. */
export interface CurvePoint {
  readonly step: number;
  readonly mean: number;
  /** 95% t-interval of the mean; absent for a single run. */
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

/**
 * Summarizes the learning curves of cells at the steps that all completed runs of a cell have.
 *
 * Diverged and failed runs are left out, as they are from the cell's other means, and so are values
 * that are NaN and steps without another.
 *
 * @param cells Names of the cells to summarize.
 * @param column Column of the measure.
 * @param overlap As in `Question`.
 * @returns By cell, points by ascending step; cells without a completed run are left out.
 */
export function summarizeCurves(
  runs: readonly RunRow[],
  curves: readonly CurveRow[],
  cells: Iterable<string>,
  column: string,
  overlap = 0,
): Map<string, CurvePoint[]> {
  const wanted = new Set(cells);
  const completed = runs.filter(({ cell, status }) => status === "completed" && wanted.has(cell));
  const rowsOf = Map.groupBy(curves, ({ run }) => run);
  return new Map(
    [...runsByCell(completed)].map(([cell, members]) => {
      const rows = members.flatMap(({ run }) => rowsOf.get(run) ?? []);
      const points = [...Map.groupBy(rows, ({ step }) => step)]
        .filter(([, evaluations]) => evaluations.length === members.length)
        .toSorted(([a], [b]) => a - b)
        .flatMap(([step, evaluations]) => pointOf(step, evaluations, column, overlap) ?? []);
      return [cell, points];
    }),
  );
}

function pointOf(
  step: number,
  rows: readonly CurveRow[],
  column: string,
  overlap: number,
): CurvePoint | undefined {
  const values = rows.map(({ measures }) => measures[column])
    .filter((value) => !Number.isNaN(value));
  const { mean, ciLow, ciHigh } = meanInterval(values, overlap);
  return mean === undefined ? undefined : { step, mean, ciLow, ciHigh };
}
