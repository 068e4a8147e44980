import { join } from "node:path";
import { curvesCsv, readCurves } from "../results/curves_csv.ts";
import { readRuns, runsCsv } from "../results/runs_csv.ts";
import type { ReportInput } from "../report/report_input.ts";
import { sha256 } from "../sha256.ts";
import { writeFileAtomically } from "../write_file.ts";
import { buildManifest, type FinishedSweep } from "./build_manifest.ts";

export interface ResultFiles {
  readonly folder: string;
  /** The experiment as it was run, to be kept beside its results. */
  readonly experimentText: string;
  /** Stops between two files when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Writes a finished sweep's seven files and gives what they say.
 *
 * Statistics and report are made from the CSV files' text, so that they are as reproducible as it.
 *
 * @throws {UserError} If a file cannot be written.
 * @throws The signal's reason, if it aborted.
 */
export async function writeResults(
  sweep: FinishedSweep,
  { folder, experimentText, signal }: ResultFiles,
): Promise<ReportInput> {
  const { experiment, outcomes } = sweep;
  // Not before they are needed: training starts without them.
  const [
    { cellsCsv },
    { comparisonsCsv },
    { compareWithBaseline },
    { summarizeCells },
    { renderReport },
  ] = await Promise.all([
    import("../statistics/cells_csv.ts"),
    import("../statistics/comparisons_csv.ts"),
    import("../statistics/compare_with_baseline.ts"),
    import("../statistics/summarize_cells.ts"),
    import("../report/render_report.ts"),
  ]);
  const runsText = runsCsv(experiment, outcomes);
  const curvesText = curvesCsv(outcomes);
  const runs = readRuns(runsText);
  const baseline = experiment.cells[experiment.baseline].name;
  const cells = summarizeCells(runs, experiment.metric);
  const comparisons = compareWithBaseline(runs, experiment.metric, baseline);
  const texts: Record<string, string> = {
    "runs.csv": runsText,
    "curves.csv": curvesText,
    "cells.csv": cellsCsv(cells),
    "comparisons.csv": comparisonsCsv(comparisons),
    "experiment.yaml": experimentText,
  };
  const checksums: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) checksums[name] = await sha256(text);
  const manifest = await buildManifest(sweep, checksums);
  const input = { manifest, runs, curves: readCurves(curvesText), cells, comparisons };
  texts["manifest.json"] = JSON.stringify(manifest, null, 2) + "\n";
  texts["report.html"] = await renderReport(input);
  for (const [name, text] of Object.entries(texts)) {
    signal.throwIfAborted();
    await writeFileAtomically(join(folder, name), text);
  }
  return input;
}
