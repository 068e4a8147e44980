import type { Manifest } from "../results/manifest.ts";
import type { ResultRows } from "../results/result_files.ts";

/** All that a report is made from: manifest.json and the CSV files. */
export interface ReportInput extends ResultRows {
  readonly manifest: Manifest;
}
