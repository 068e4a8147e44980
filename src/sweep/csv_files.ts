import type { Experiment } from "../experiment/experiment.ts";
import type { ReportInput } from "../report/report_input.ts";
import { curvesCsv, readCurves } from "../results/curves_csv.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { readRuns, runsCsv } from "../results/runs_csv.ts";

/** The text of every CSV file of a sweep, by its name, with what the texts say. */
export interface CsvFiles extends Omit<ReportInput, "manifest"> {
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Makes a sweep's CSV files: the same text for the same experiment, whoever computed the outcomes,
 * when, where and in which order.
 *
 * Statistics are made from the text of runs.csv, so that they are as reproducible as it.
 */
export async function csvFiles(
  experiment: Experiment,
  outcomes: readonly RunOutcome[],
): Promise<CsvFiles> {
  // Not before they are needed: training starts without them.
  const [
    { cellsCsv },
    { comparisonsCsv },
    { compareWithBaseline },
    { summarizeCells },
  ] = await Promise.all([
    import("../statistics/cells_csv.ts"),
    import("../statistics/comparisons_csv.ts"),
    import("../statistics/compare_with_baseline.ts"),
    import("../statistics/summarize_cells.ts"),
  ]);
  const runsText = runsCsv(experiment, outcomes);
  const curvesText = curvesCsv(outcomes);
  const runs = readRuns(runsText);
  const baseline = experiment.cells[experiment.baseline].name;
  const cells = summarizeCells(runs, experiment.metric);
  const comparisons = compareWithBaseline(runs, experiment.metric, baseline);
  return {
    texts: {
      "runs.csv": runsText,
      "curves.csv": curvesText,
      "cells.csv": cellsCsv(cells),
      "comparisons.csv": comparisonsCsv(comparisons),
    },
    runs,
    curves: readCurves(curvesText),
    cells,
    comparisons,
  };
}
