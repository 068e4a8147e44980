import type { Analysis } from "../../statistics/analyze.ts";
import { scaleOf } from "../../wording/metric_scale.ts";
import { groupsOf, type ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { ChartGroup, ChartMaker } from "./chart.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { halvingRungs } from "./halving_rungs.ts";
import { heatMap } from "./heat_map.ts";
import { importanceBars } from "./importance_bars.ts";
import { learningCurves } from "./learning_curves.ts";
import { indistinctCells } from "./indistinct_cells.ts";
import { metricBySparsity } from "./metric_by_sparsity.ts";
import { pairedDifferences } from "./paired_differences.ts";
import { parallelCoordinates } from "./parallel_coordinates.ts";
import { predictions } from "./predictions.ts";
import { raceLooks } from "./race_looks.ts";
import { rankedCells } from "./ranked_cells.ts";
import { runTimes } from "./run_times.ts";
import { sampledImportance } from "./sampled_importance.ts";
import { searchBatches } from "./search_batches.ts";
import { settingsInCommon } from "./settings_in_common.ts";
import { slicePlots } from "./slice_plots.ts";
import { strengthCurves } from "./strength_curves.ts";
import { unitPictures } from "./unit_pictures.ts";
import { weightHistograms } from "./weight_histograms.ts";

/** Every chart of what a sweep found, in the order of the page. */
const CHARTS: readonly ChartMaker[] = [
  pairedDifferences,
  rankedCells,
  indistinctCells,
  raceLooks,
  searchBatches,
  settingsInCommon,
  strengthCurves,
  heatMap,
  slicePlots,
  parallelCoordinates,
  importanceBars,
  sampledImportance,
  metricBySparsity,
  learningCurves,
  confusionMatrix,
  predictions,
  weightHistograms,
  halvingRungs,
];

/** Those that answer no question of the experiment: they come last. */
const DETAILS: readonly ChartMaker[] = [unitPictures, runTimes];

/**
 * The charts that make sense for a sweep, in the order of the page.
 *
 * @param cells Best first.
 */
export function chartGroups(
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): ChartGroup[] {
  return groupsMadeBy(CHARTS, cells, input, analysis);
}

/** As `chartGroups()`, for what comes after all numbers. */
export function detailChartGroups(
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): ChartGroup[] {
  return groupsMadeBy(DETAILS, cells, input, analysis);
}

function groupsMadeBy(
  makers: readonly ChartMaker[],
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): ChartGroup[] {
  const { metric, largerIsBetter } = input.manifest.experiment;
  const scale = scaleOf(analysis);
  const context = { metric, scale, largerIsBetter, groups: groupsOf(cells), analysis };
  return makers.flatMap((make) => make(cells, input, context) ?? []);
}
