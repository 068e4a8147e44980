import type { TopLevelSpec } from "vega-lite";
import { countOf, formatFixed } from "../../format_number.ts";
import { uncapitalized } from "../../wording/capitalized.ts";
import { differenceTexts, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { bandAxis } from "./_band_axis.ts";
import { cellTooltip } from "./_cell_tooltip.ts";
import { CELL_PARAMS, IS_CHOSEN, unlessExcluded } from "./_chosen.ts";
import { colorsSentence, differenceColors, differenceOf } from "./_difference_colors.ts";
import { CHARACTER, FULL_WIDTH, type Layer } from "./_layout.ts";
import { axisTitle, sweptAxes, type SweptAxis } from "./_swept_axis.ts";
import { wrapLabel } from "./_wrap_label.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** With more, tiles would be too narrow to point at. */
const MOST_VALUES = 60;
/** With less, two techniques side by side would look like a grid with holes. */
const LEAST_FILLED = 0.75;
const MOST_HEIGHT = 480;
const TALLEST_ROW = 38;
/** Rows lower than this have no numbers in them. */
const TEXT_HEIGHT = 15;
/** Pixels that a digit of those numbers takes. */
const DIGIT = 6.5;
/** The opacity of cells that the filter leaves out. */
const EXCLUDED = 0.2;

/** The metric over two swept hyperparameters; undefined if cells fill too little of the map. */
export function heatMap(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const axes = sweptAxes(cells, manifest.experiment.swept);
  if (axes.length !== 2) return undefined;
  const [upwards, across] = axes.toSorted((a, b) => a.labels.length - b.labels.length);
  const [rows, columns] = [upwards.labels.length, across.labels.length];
  if (columns > MOST_VALUES || cells.length < LEAST_FILLED * rows * columns) return undefined;
  const [first, second] = axes.map(({ key }) => key.label);
  const heading = `${first} and ${uncapitalized(second)}`;
  return {
    id: "map",
    heading,
    caption: [
      `Numbers are means of ${context.scale.noun}.`,
      ...(cells.some(({ difference }) => difference)
        ? [`Colours show the differences from the baseline. ${colorsSentence(context)}`]
        : []),
      "The solid outline marks the best cell, the dashed outline the baseline.",
    ].join(" "),
    charts: [{
      id: "heat-map",
      title: heading,
      spec: heatMapSpec(cells, [across, upwards], context),
    }],
  };
}

/**
 * The metric's mean over two swept hyperparameters, a tile per cell, coloured by its difference from
 * the baseline.
 *
 * @param cells Best first.
 * @param axes The one across, then the one upwards.
 */
function heatMapSpec(
  cells: readonly ReportCell[],
  [across, upwards]: readonly [SweptAxis, SweptAxis],
  context: ChartContext,
): TopLevelSpec {
  const { scale } = context;
  const colors = differenceColors(cells, context, "diverging");
  const rowHeight = Math.min(TALLEST_ROW, MOST_HEIGHT / upwards.labels.length);
  const height = Math.round(rowHeight * upwards.labels.length);
  // Beside few rows, a title has no room in one line.
  const titleLines = wrapLabel(axisTitle(upwards.key), Math.floor(height / CHARACTER));
  const best = cells.find(({ metric }) => metric);
  const tiles = cells.map((cell) => {
    const difference = cell.metric && differenceOf(cell);
    return {
      ...{ across: across.placeOf(cell), upwards: upwards.placeOf(cell), name: cell.name },
      ...(cell.metric
        ? {
          ...cell.metric,
          interval: intervalText(cell.metric, scale),
          text: formatFixed(cell.metric.mean, scale.decimals),
        }
        : { text: "–" }),
      ...(difference === undefined
        ? {}
        : { difference, gap: differenceTexts({ mean: difference }, scale).difference }),
      isDeep: difference !== undefined && colors?.isDeep(difference) === true,
      ...(cell.isBaseline ? { isBaseline: true } : {}),
      ...(cell === best ? { isBest: true } : {}),
    };
  });
  const longest = Math.max(...tiles.map(({ text }) => text.length));
  const hasText = rowHeight >= TEXT_HEIGHT ? `bandwidth('x') >= ${longest * DIGIT + 4}` : "false";
  const x = bandAxis({
    field: "across",
    title: axisTitle(across.key),
    places: across.labels.map((_, place) => place),
    labels: "acrossLabels",
    titleLimit: "width",
  });
  const y = bandAxis({
    field: "upwards",
    title: titleLines.length > 1 ? titleLines : titleLines[0],
    places: upwards.labels.map((_, place) => place).reverse(),
    labels: "upwardsLabels",
    titleLimit: "height",
  });
  const shown = unlessExcluded(1, EXCLUDED);
  const numbers = (style: "onPale" | "onDeep"): Layer => ({
    transform: [{ filter: style === "onDeep" ? "datum.isDeep" : "!datum.isDeep" }],
    mark: { type: "text", style },
    encoding: {
      x,
      y,
      text: { field: "text" },
      opacity: {
        condition: [{ test: `!(${hasText})`, value: 0 }, shown.condition],
        value: shown.value,
      },
    },
  });
  const outline = (test: string, style: string): Layer => ({
    transform: [{ filter: test }],
    mark: { type: "rect", filled: false, style },
    encoding: { x, y },
  });
  const tooltip = cellTooltip(context);
  return {
    ...FULL_WIDTH,
    description: `${countOf(cells.length, "cell")}: mean ${scale.noun} by ${across.key.label} ` +
      `across and ${upwards.key.label} upwards`,
    height,
    params: [
      ...CELL_PARAMS,
      { name: "acrossLabels", value: [...across.labels] },
      { name: "upwardsLabels", value: [...upwards.labels] },
    ],
    data: { values: tiles },
    layer: [
      {
        transform: [{ filter: "isValid(datum.mean) && !isValid(datum.difference)" }],
        mark: { type: "rect", style: "band" },
        encoding: { x, y, tooltip, opacity: unlessExcluded(0.12, 0.04) },
      },
      ...(colors
        ? [{
          transform: [{ filter: "isValid(datum.difference)" }],
          mark: { type: "rect" as const },
          encoding: { x, y, color: colors.color, opacity: shown, tooltip },
        }]
        : []),
      numbers("onPale"),
      numbers("onDeep"),
      outline("datum.isBaseline", "baselineTile"),
      outline("datum.isBest", "bestTile"),
      outline(IS_CHOSEN, "chosen"),
    ],
  };
}
