import { randomStream, shuffle } from "../../random_stream.ts";
import {
  type ForestImportance,
  forestImportance,
  SHUFFLES,
} from "../../statistics/forest_importance.ts";
import { areMeansComparable } from "../../statistics/are_means_comparable.ts";
import type { Column } from "../../statistics/regression_tree.ts";
import { forestSentences } from "../../wording/sentences.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { differenceOf } from "./_difference_colors.ts";
import { importanceSpec } from "./_importance_spec.ts";
import { varyTogether } from "./_sampled_design.ts";
import { sweptAxes, type SweptAxis } from "./_swept_axis.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Fewer cells leave a forest nothing to find. */
const FEWEST_CELLS = 10;
/** More are not needed to see what matters, and would take seconds. */
const MOST_CELLS = 200;

/**
 * What each swept value accounts for where cells are no full product; undefined if they vary one value
 * at a time, or are too few.
 */
export function sampledImportance(
  cells: readonly ReportCell[],
  { manifest, runs }: ReportInput,
  { analysis, largerIsBetter }: ChartContext,
): ChartGroup | undefined {
  if (!("reason" in analysis.importance)) return undefined;
  const isByMean = areMeansComparable(runs, analysis.question);
  const valueOf = (cell: ReportCell) => isByMean ? cell.metric?.mean : differenceOf(cell);
  const known = drawn(cells.filter((cell) => valueOf(cell) !== undefined));
  const axes = sweptAxes(known, manifest.experiment.swept);
  if (known.length < FEWEST_CELLS || axes.length < 2 || !varyTogether(known, axes)) {
    return undefined;
  }
  const columns = axes.map((axis) => columnOf(axis, known));
  const metric = Float64Array.from(known, (cell) => valueOf(cell) ?? NaN);
  const all = forestImportance(columns, metric);
  if (!all) return undefined;
  const better = forestImportance(columns, withoutWorse(metric, largerIsBetter));
  const heading = "Importance of the swept values";
  const charts = [
    { id: "importance", title: "All cells", forest: all },
    { id: "importance-better", title: "The better half", forest: better },
  ];
  return {
    id: "shares",
    heading,
    caption: forestSentences({
      cells: known.length,
      total: cells.length,
      shuffles: SHUFFLES,
      predicted: all.predicted,
      predictedOfBetter: better?.predicted ?? 0,
    }).join(" "),
    charts: charts.flatMap(({ id, title, forest }) =>
      forest && forest.predicted > 0 ? [{ id, title, spec: specOf(forest, axes) }] : []
    ),
  };
}

/** Not too many cells to fit a forest to; a random part of more. */
function drawn(cells: readonly ReportCell[]): readonly ReportCell[] {
  if (cells.length <= MOST_CELLS) return cells;
  const order = Int32Array.from(cells.keys());
  shuffle(order, randomStream("importance/cells"));
  return Array.from(order.subarray(0, MOST_CELLS).sort(), (place) => cells[place]);
}

function columnOf({ key, values, placeOf }: SweptAxis, cells: readonly ReportCell[]): Column {
  // Cells without the key have a place of their own among the values.
  const own = values.flatMap((value, place) => value === "" ? [] : place);
  return {
    key: key.key,
    places: Int32Array.from(cells, (cell) => own.indexOf(placeOf(cell))),
    size: own.length,
    isOrdered: own.every((place) => typeof values[place] === "number"),
  };
}

/** Values with those worse than the median as good as the median. */
function withoutWorse(values: Float64Array, largerIsBetter: boolean): Float64Array {
  const median = values.toSorted()[values.length >> 1];
  return values.map((value) => largerIsBetter ? Math.max(value, median) : Math.min(value, median));
}

function specOf({ effects, together }: ForestImportance, axes: readonly SweptAxis[]) {
  const bars = effects.map(({ share, chance }, at) => ({
    ...{ label: axes[at].key.label, share, chance },
    isEffect: true,
  })).sort((a, b) => b.share - a.share);
  const rest = { label: "several together", share: together, isEffect: false };
  return importanceSpec([...bars, rest], "Share of the forest’s variance (%)");
}
