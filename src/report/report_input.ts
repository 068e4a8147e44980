import type { Manifest, SweepManifest } from "../results/manifest.ts";
import type { ResultRows } from "../results/result_files.ts";

/** All that a report is made from: manifest.json and the CSV files. */
export interface ReportInput extends ResultRows {
  readonly manifest: Manifest;
  /**
   * Names of the cells with a run that was evaluated more than once. Given where `curves` and
   * `histograms` have the rows of `drawnCells()` alone.
   */
  readonly cellsWithLines?: ReadonlySet<string>;
}

/** The same of a sweep. */
export interface SweepInput extends ReportInput {
  readonly manifest: SweepManifest;
}

/** A report's input without the rows of which there are most. */
export type RowlessInput = Omit<ReportInput, "curves" | "histograms">;
