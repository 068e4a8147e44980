import type { Manifest } from "../results/manifest.ts";
import type {
  ConfusionRow,
  CurveRow,
  HalvingRow,
  HistogramRow,
  RunRow,
  UnitRow,
} from "../results/run_row.ts";
import type { CellSummary } from "../statistics/cell_summary.ts";
import type { Comparison } from "../statistics/comparison.ts";
import type { TestRow } from "../statistics/test_row.ts";

/** All that a report is made from: manifest.json and the CSV files. */
export interface ReportInput {
  readonly manifest: Manifest;
  readonly runs: readonly RunRow[];
  readonly curves: readonly CurveRow[];
  readonly histograms: readonly HistogramRow[];
  readonly cells: readonly CellSummary[];
  readonly comparisons: readonly Comparison[];
  /** Absent if no cell was stopped early. */
  readonly halving?: readonly HalvingRow[];
  /** Absent if no cell was scored on the test rows. */
  readonly test?: readonly TestRow[];
  /** Of the selected cell's runs; absent if no cell was scored. */
  readonly confusion?: readonly ConfusionRow[];
  /** Of the scored cells' first runs, strongest first; absent if rows are not pictures. */
  readonly units?: readonly UnitRow[];
}
