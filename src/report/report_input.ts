import type { Manifest } from "../results/manifest.ts";
import type {
  ConfusionRow,
  CurveRow,
  HalvingRow,
  HistogramRow,
  RunRow,
  UnitRow,
} from "../results/run_row.ts";
import type { CellSummary } from "../results/cell_summary.ts";
import type { Comparison } from "../results/comparison.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";

/** All that a report is made from: manifest.json and the CSV files. */
export interface ReportInput {
  readonly manifest: Manifest;
  readonly runs: readonly RunRow[];
  readonly curves: readonly CurveRow[];
  readonly histograms: readonly HistogramRow[];
  readonly cells: readonly CellSummary[];
  readonly comparisons: readonly Comparison[];
  /** Absent where every cell was trained to its end. */
  readonly halving?: readonly HalvingRow[];
  /** Absent where no cell was scored on the test rows. */
  readonly test?: readonly HeldOutRow[];
  /** Of the selected cell's runs; absent like the former. */
  readonly confusion?: readonly ConfusionRow[];
  /** Of the scored cells' first runs, strongest first; absent where rows are no pictures. */
  readonly units?: readonly UnitRow[];
}
