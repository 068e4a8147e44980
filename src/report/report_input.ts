import type { Manifest } from "../results/manifest.ts";
import type { CurveRow, RunRow } from "../results/run_row.ts";
import type { CellSummary } from "../statistics/cell_summary.ts";
import type { Comparison } from "../statistics/comparison.ts";

/** All that a report is made from: manifest.json and the four CSV files. */
export interface ReportInput {
  readonly manifest: Manifest;
  readonly runs: readonly RunRow[];
  readonly curves: readonly CurveRow[];
  readonly cells: readonly CellSummary[];
  readonly comparisons: readonly Comparison[];
}
