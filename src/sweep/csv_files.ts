import type { Dataset } from "../dataset/dataset.ts";
import { baselineCell, type Experiment } from "../experiment/experiment.ts";
import type { ReportInput } from "../report/report_input.ts";
import { curvesCsv, readCurves } from "../results/curves_csv.ts";
import { histogramsCsv, readHistograms } from "../results/histograms_csv.ts";
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
  { rows }: Pick<Dataset, "rows">,
): Promise<CsvFiles> {
  // Not before they are needed: training starts without them.
  const [
    { cellsCsv },
    { comparisonsCsv },
    { analyze },
    { questionOf },
  ] = await Promise.all([
    import("../statistics/cells_csv.ts"),
    import("../statistics/comparisons_csv.ts"),
    import("../statistics/analyze.ts"),
    import("../statistics/question.ts"),
  ]);
  const runsText = runsCsv(experiment, outcomes);
  const curvesText = curvesCsv(outcomes);
  const histogramsText = histogramsCsv(outcomes);
  const runs = readRuns(runsText);
  const baseline = baselineCell(experiment).name;
  const { cells, comparisons } = analyze(
    runs,
    questionOf({
      experiment: { ...experiment, baseline },
      dataset: { rows, split: experiment.dataset.split },
      trainers: Object.fromEntries(experiment.cells.map(({ trainer }) => [trainer, 0])),
    }),
  );
  return {
    texts: {
      "runs.csv": runsText,
      "curves.csv": curvesText,
      "histograms.csv": histogramsText,
      "cells.csv": cellsCsv(cells),
      "comparisons.csv": comparisonsCsv(comparisons),
    },
    runs,
    curves: readCurves(curvesText),
    histograms: readHistograms(histogramsText),
    cells,
    comparisons,
  };
}
