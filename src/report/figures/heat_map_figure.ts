import type { ChartContext } from "../charts/chart_context.ts";
import { heatMap } from "../charts/heat_map.ts";
import type { Figure } from "../figure.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { sweptAxes } from "../swept_axis.ts";

/** Tiles of more would be too narrow to point at. */
const MOST_VALUES = 60;
/** With less, two techniques side by side would look like a product with holes. */
const LEAST_FILLED = 0.75;

/** The metric over two swept hyperparameters; nothing where cells fill too little of a map. */
export function heatMapFigure(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): Figure | undefined {
  const axes = sweptAxes(cells, manifest.experiment.swept);
  if (axes.length !== 2) return undefined;
  const [upwards, across] = axes.toSorted((a, b) => a.labels.length - b.labels.length);
  const [rows, columns] = [upwards.labels.length, across.labels.length];
  if (columns > MOST_VALUES || cells.length < LEAST_FILLED * rows * columns) return undefined;
  const heading = axes.map(({ key }) => key.label).join(" with ");
  return {
    heading,
    caption: `Mean ${metricScale(context.metric).noun} of each cell. The solid outline is the ` +
      "first cell, the dashed one the baseline.",
    charts: [{ id: "heat-map", title: heading, spec: heatMap(cells, [across, upwards], context) }],
  };
}
