import type { TopLevelSpec } from "vega-lite";
import { countOf, formatCount } from "../../format_number.ts";
import type { PredictionRow } from "../../results/run_row.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { FULL_WIDTH, type Layer } from "./_layout.ts";
import { followingHeight } from "./patched_vega.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** A page has no room for more, and they would look alike. */
const MOST_POINTS = 2000;
const BINS = 30;
/** The most pixels of a chart's height; narrow ones are square. */
const MOST_HEIGHT = 340;
/** How far predictions may be from the actual values to be drawn, in their range. */
const REACH = 1;
const PADDING = 0.03;

/** What the selected cell predicts for a test row; `residual` is actual − predicted. */
interface Point {
  readonly seed: number;
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
  readonly residual: number;
}

type Range = readonly [number, number];

/** How the selected cell's predictions of a quantity differ from it; undefined if none was scored. */
export function predictions(
  cells: readonly ReportCell[],
  { predictions = [], manifest: { dataset } }: ReportInput,
  { analysis: { selection } }: ChartContext,
): ChartGroup | undefined {
  const all = predictions.flatMap(pointOf);
  if (!dataset || !selection || all.length === 0) return undefined;
  const actual = rangeOf(all.map(({ actual }) => actual));
  const room = REACH * (actual[1] - actual[0] || Math.abs(actual[0]) || 1);
  const near = all.filter(({ predicted }) => {
    return actual[0] - room <= predicted && predicted <= actual[1] + room;
  });
  const inside = near.length > 0 ? near : all;
  const shown = sampleOf(inside);
  const frame = {
    target: dataset.target,
    values: padded(rangeOf(shown.flatMap(({ actual, predicted }) => [actual, predicted]))),
    predicted: padded(rangeOf(shown.map(({ predicted }) => predicted))),
    residuals: padded(rangeOf([0, ...shown.map(({ residual }) => residual)])),
    opacity: Math.max(0.12, Math.min(0.7, 12 / Math.sqrt(shown.length))),
  };
  const runs = new Set(predictions.map(({ run }) => run)).size;
  const subject = cells.length > 1 ? `${selection.best} predicts` : "is predicted";
  const beyond = predictions.length - inside.length;
  return {
    id: "predictions",
    heading: "Predictions on the test rows",
    caption: [
      `What ${subject} for the test rows: a point per row${runs > 1 ? " and run" : ""}.`,
      "On the dashed line, predictions are exact.",
      "Residuals are what is left to explain, actual minus predicted: they should scatter evenly " +
      "around 0, and a bend or a funnel shows what the model misses.",
      ...beyond > 0
        ? [
          `${countOf(beyond, "prediction")} too far away ${
            beyond === 1 ? "is" : "are"
          } not drawn; predictions.csv has all.`,
        ]
        : [],
      ...shown.length < inside.length
        ? [
          `Showing ${formatCount(shown.length)} of ${
            countOf(inside.length, "point")
          }, evenly chosen.`,
        ]
        : [],
    ].join(" "),
    charts: [
      {
        id: "predicted-actual",
        title: "Predicted against actual values",
        spec: scatterSpec(shown, frame),
      },
      {
        id: "residuals",
        title: "Residuals against predicted values",
        spec: residualsSpec(shown, frame),
      },
      {
        id: "residual-histogram",
        title: "Distribution of the residuals",
        spec: histogramSpec(inside, frame),
      },
    ],
  };
}

/** What the three charts have in common. */
interface Frame {
  /** The target's name. */
  readonly target: string;
  /** Ends of axes: of actual and predicted values alike, of predicted ones, of residuals. */
  readonly values: Range;
  readonly predicted: Range;
  readonly residuals: Range;
  readonly opacity: number;
}

/** None of a prediction that is no number. */
function pointOf({ seed, row, actual, predicted }: PredictionRow): Point[] {
  if (!Number.isFinite(predicted) || !Number.isFinite(actual)) return [];
  return [{
    ...{ seed, row, actual: toShown(actual), predicted: toShown(predicted) },
    residual: toShown(actual - predicted),
  }];
}

/** Evenly spaced in the order of the file: all seeds and rows alike. */
function sampleOf(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const step = points.length / MOST_POINTS;
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.floor(index * step)]);
}

/** Each prediction over what it should be, with a line where both are the same. */
function scatterSpec(
  points: readonly Point[],
  { target, values, opacity }: Frame,
): TopLevelSpec {
  const x = axis("actual", `Actual ${target}`, values);
  const y = axis("predicted", `Predicted ${target}`, values);
  const [low, high] = values;
  return {
    ...FULL_WIDTH,
    ...followingHeight(`min(width, ${MOST_HEIGHT})`),
    description: `Predicted over actual values of ${countOf(points.length, "test prediction")}, ` +
      "with a line where both are the same",
    height: MOST_HEIGHT,
    datasets: {
      exact: [{ actual: low, predicted: low }, { actual: high, predicted: high }],
      points: [...points],
    },
    layer: [
      {
        data: { name: "exact" },
        mark: { type: "line", strokeDash: [4, 4], strokeWidth: 1, style: "reference" },
        encoding: { x, y },
      },
      pointsLayer({ x, y }, target, opacity),
    ],
  };
}

/** What is left to explain of each value, over its prediction, with a line at nothing. */
function residualsSpec(
  points: readonly Point[],
  { target, predicted, residuals, opacity }: Frame,
): TopLevelSpec {
  const x = axis("predicted", `Predicted ${target}`, predicted);
  const y = axis("residual", "Residual (actual − predicted)", residuals);
  return {
    ...FULL_WIDTH,
    ...followingHeight(`min(width, ${MOST_HEIGHT})`),
    description: `Residuals over predicted values of ${
      countOf(points.length, "test prediction")
    }, with a line at 0`,
    height: MOST_HEIGHT,
    datasets: { zero: [{ residual: 0 }], points: [...points] },
    layer: [
      {
        data: { name: "zero" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference" },
        encoding: { y },
      },
      pointsLayer({ x, y }, target, opacity),
    ],
  };
}

/** How many residuals there are of each size. */
function histogramSpec(points: readonly Point[], { residuals }: Frame): TopLevelSpec {
  const [low, high] = residuals;
  const width = (high - low) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const { residual } of points) {
    counts[Math.max(0, Math.min(BINS - 1, Math.floor((residual - low) / width)))]++;
  }
  const bars = counts.map((count, bin) => ({
    ...{ from: toShown(low + bin * width), to: toShown(low + (bin + 1) * width), count },
    share: toShown(100 * count / points.length),
  }));
  const x = axis("from", "Residual (actual − predicted)", residuals);
  return {
    ...FULL_WIDTH,
    ...followingHeight(`min(width, ${MOST_HEIGHT})`),
    description: `Distribution of ${countOf(points.length, "residual")}, with a line at 0`,
    height: MOST_HEIGHT,
    datasets: { bars, zero: [{ from: 0 }] },
    layer: [
      {
        data: { name: "bars" },
        mark: { type: "rect", style: "effect", stroke: null },
        encoding: {
          x,
          x2: { field: "to" },
          y: {
            field: "share",
            type: "quantitative",
            title: "Share of the predictions (%)",
            scale: { domainMin: 0, nice: true },
            axis: { tickCount: 5 },
          },
          y2: { datum: 0 },
          tooltip: [
            { field: "from", title: "Residual from" },
            { field: "to", title: "to" },
            { field: "count", title: "Predictions" },
            { field: "share", title: "Share (%)", format: ".1f" },
          ],
        },
      },
      {
        data: { name: "zero" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference" },
        encoding: { x },
      },
    ],
  };
}

function pointsLayer(
  { x, y }: { readonly x: ReturnType<typeof axis>; readonly y: ReturnType<typeof axis> },
  target: string,
  opacity: number,
): Layer {
  return {
    data: { name: "points" },
    mark: { type: "point", filled: true, size: 28, opacity, style: "effect", clip: true },
    encoding: {
      x,
      y,
      tooltip: [
        { field: "row", title: "Row of the table (from 0)" },
        { field: "seed", title: "Seed" },
        { field: "actual", title: `Actual ${target}` },
        { field: "predicted", title: `Predicted ${target}` },
        { field: "residual", title: "Residual" },
      ],
    },
  };
}

/** An axis of quantities: with an exponent where there would be too many zeros. */
function axis(field: string, title: string, [low, high]: Range) {
  const domain: number[] = [low, high];
  return {
    field,
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false },
    axis: {
      titleLimit: { expr: field === "actual" || field === "from" ? "width" : "height" },
      tickCount: { expr: "max(3, floor(width / 90))" },
      labelExpr: "datum.value !== 0 && (abs(datum.value) < 0.0001 || abs(datum.value) >= 1e7) " +
        "? format(datum.value, '~e') : datum.label",
    },
  } as const;
}

function rangeOf(values: readonly number[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function padded([low, high]: Range): Range {
  const padding = PADDING * (high - low || Math.abs(high) || 1);
  return [toShown(low - padding), toShown(high + padding)];
}
