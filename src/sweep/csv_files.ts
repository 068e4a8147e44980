import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { ReportInput } from "../report/report_input.ts";
import { halvingCsv } from "../results/halving_csv.ts";
import { curvesCsv, readCurves } from "../results/curves_csv.ts";
import { histogramsCsv, readHistograms } from "../results/histograms_csv.ts";
import type { HalvingRow } from "../results/run_row.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { readRuns, runsCsv } from "../results/runs_csv.ts";
import type { TestResult } from "../trainers/run_result.ts";

/** The text of every CSV file of a sweep, by its name, with what the texts say. */
export interface CsvFiles extends Omit<ReportInput, "manifest"> {
  readonly texts: Readonly<Record<string, string>>;
}

/** What a sweep's CSV files are made from beside its experiment. */
export interface CsvContent {
  readonly dataset: Pick<Dataset, "rows" | "classes">;
  readonly outcomes: readonly RunOutcome[];
  /** By key, the completed runs of `scoredCells()`; others are not looked at. */
  readonly tests: ReadonlyMap<string, TestResult>;
  /** Absent where every cell was trained to its end. */
  readonly halving?: readonly HalvingRow[];
}

/**
 * Makes a sweep's CSV files: the same text for the same experiment, whoever computed the outcomes,
 * when, where and in which order.
 *
 * Statistics are made from the text of runs.csv, so that they are as reproducible as it.
 */
export async function csvFiles(
  experiment: Experiment,
  { dataset, outcomes, tests, halving }: CsvContent,
): Promise<CsvFiles> {
  // Not before they are needed: training starts without them.
  const [
    { cellsCsv },
    { comparisonsCsv },
    { analyze },
    { heldOutRows },
    { questionOfExperiment, scoredCells },
    { scoredFiles },
  ] = await Promise.all([
    import("../results/cells_csv.ts"),
    import("../results/comparisons_csv.ts"),
    import("../statistics/analyze.ts"),
    import("../statistics/held_out_rows.ts"),
    import("./scored_cells.ts"),
    import("./scored_files.ts"),
  ]);
  const runsText = runsCsv(experiment, outcomes);
  const curvesText = curvesCsv(outcomes);
  const histogramsText = histogramsCsv(outcomes);
  const runs = readRuns(runsText);
  const { cells, comparisons } = analyze(runs, questionOfExperiment(experiment, dataset));
  const files = {
    texts: {
      "runs.csv": runsText,
      "curves.csv": curvesText,
      "histograms.csv": histogramsText,
      "cells.csv": cellsCsv(cells),
      "comparisons.csv": comparisonsCsv(comparisons),
      ...halving ? { "halving.csv": halvingCsv(halving, experiment.sweptKeys) } : {},
    },
    runs,
    curves: readCurves(curvesText),
    histograms: readHistograms(histogramsText),
    cells,
    comparisons,
    halving,
  };
  const test = heldOutRows(runs, scoredCells(experiment, runs, dataset), tests);
  const scored = scoredFiles(test, { dataset, tests });
  return { ...files, ...scored, texts: { ...files.texts, ...scored.texts } };
}
