import type { TopLevelSpec } from "vega-lite";
import { countOf, formatFixed } from "../../format_number.ts";
import type { SweptKey } from "../../results/manifest.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { intervalName } from "../../wording/verdict_interval.ts";
import { type Estimate, intervalText, toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, IS_CHOSEN, ring, unlessOther } from "./_chosen.ts";
import { CHARACTER, FULL_WIDTH, type Layer, metricAxis } from "./_layout.ts";
import { meansDomain, type ParallelAxis, valueAxis } from "./_parallel_axis.ts";
import { hasFirstPointAsBaseline, sampledAxes } from "./_sampled_design.ts";
import { evenly } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** More points of one panel would hide one another. */
const MOST_POINTS = 300;
const MOST_PANELS = 12;
const HEIGHT = 220;
/** Steps by this share of a whole never meet and spread evenly: the golden ratio. */
const GOLDEN = 0.6180339887;

/** A cell with what the panels show of it. */
interface Point {
  readonly cell: ReportCell;
  readonly estimate: Estimate;
}

/** The metric over each swept key of a sample, a point per cell; undefined for other designs. */
export function slicePlots(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const axes = sampledAxes(cells, manifest.experiment.swept);
  if (!axes || axes.length > MOST_PANELS) return undefined;
  // A difference from a point that was drawn by chance says nothing.
  const isDifference = !hasFirstPointAsBaseline(cells) &&
    cells.some(({ difference }) => difference);
  const zero = ({ n }: Estimate): Estimate => ({ n, mean: 0 });
  const known = cells.flatMap((cell): Point[] => {
    const { metric, difference, isBaseline } = cell;
    const own = !isDifference ? metric : isBaseline ? metric && zero(metric) : difference;
    return own ? [{ cell, estimate: own }] : [];
  });
  if (known.length < 2) return undefined;
  const { scale } = context;
  const domain = meansDomain(
    known.map(({ estimate: { mean } }) => mean),
    isDifference ? scale.differenceBounds : scale.bounds,
  );
  const shown = evenly(known, MOST_POINTS);
  const { rows } = trainersOf(manifest);
  const panels = axes.map((axis) => ({
    key: axis.key,
    axis: valueAxis(axis, rows),
    values: axis.values,
  }));
  const beyond = shown.filter(({ estimate: { mean } }) => mean < domain[0] || mean > domain[1]);
  const hasApart = panels.some(({ values }) => values.includes(""));
  const what = isDifference
    ? `mean difference from ${manifest.experiment.baseline}`
    : `mean ${scale.noun}`;
  const interval = isDifference ? intervalName(context.analysis) : "95% interval";
  return {
    id: "slices",
    heading: "Each swept value by itself",
    caption: [
      `Each point is a cell with its ${what}; the values that a panel does not show differ from point ` +
      "to point, too.",
      ...shown.some(({ estimate }) => estimate.low !== undefined)
        ? [`Point at a cell, or mark it, to see its ${interval}.`]
        : [],
      ...panels.some(({ axis }) => axis.title.includes("symlog"))
        ? ["A symlog scale is logarithmic, but linear near 0."]
        : [],
      ...hasApart ? ["Cells that go without a value stand apart (–)."] : [],
      ...beyond.length > 0 ? [beyondSentence(beyond, context)] : [],
      ...shown.length < known.length
        ? [`Showing ${shown.length} of ${countOf(known.length, "cell")}, from best to worst.`]
        : [],
    ].join(" "),
    charts: panels.map(({ key, axis }) => ({
      id: `slice-${key.key.replaceAll("_", "-")}`,
      title: key.label,
      spec: sliceSpec(shown, { key, axis, domain, isDifference, interval }, context),
    })),
  };
}

/** `▾ marks 3 cells below the frame, at 7.8 to 8.4.` */
function beyondSentence(points: readonly Point[], { scale, largerIsBetter }: ChartContext): string {
  const means = points.map(({ estimate: { mean } }) => mean);
  const ends = [...new Set([Math.min(...means), Math.max(...means)])];
  const where = ends.map((end) => formatFixed(end, scale.decimals)).join(" to ");
  return `${largerIsBetter ? "▾ marks" : "▴ marks"} ${
    countOf(points.length, "cell")
  } beyond the frame, at ${where}.`;
}

/** What the panels have in common, and the key of one. */
interface Slice {
  readonly key: SweptKey;
  readonly axis: ParallelAxis;
  /** Of all panels. */
  readonly domain: [number, number];
  readonly isDifference: boolean;
  /** What the interval is called. */
  readonly interval: string;
}

/** The metric over one key, a point per cell. */
function sliceSpec(
  points: readonly Point[],
  { key, axis, domain, isDifference, interval }: Slice,
  { scale, analysis }: ChartContext,
): TopLevelSpec {
  const [low, high] = domain;
  const rows = points.map(({ cell, estimate }) => ({
    name: cell.name,
    place: toShown(axis.heightOf(cell) + axis.spreadOf(cell) * (cell.index * GOLDEN % 1 - 0.5)),
    ...estimate,
    interval: intervalText(estimate, scale),
    ...(estimate.mean < low || estimate.mean > high
      ? { at: estimate.mean < low ? low : high, isLow: estimate.mean < low }
      : {}),
  }));
  const longest = Math.max(...axis.ticks.map(({ text }) => text.length));
  const isCrowded = `width < ${axis.ticks.length * (longest + 1) * CHARACTER}`;
  const title = isDifference ? scale.differenceTitle : scale.axisTitle;
  const whole: number[] = [0, 1];
  const x = {
    field: "place",
    type: "quantitative",
    title: axis.title,
    scale: { domain: whole, nice: false },
    axis: {
      values: axis.ticks.map(({ height }) => toShown(height)),
      // Texts can be users' words: they stand in no expression.
      labelExpr: "ticks[indexof(places, datum.value)]",
      labelOverlap: axis.isWords ? false : "greedy",
      ...(axis.isWords
        ? {
          labelAngle: { expr: `${isCrowded} ? -90 : 0` },
          labelAlign: { expr: `${isCrowded} ? 'right' : 'center'` },
          labelBaseline: { expr: `${isCrowded} ? 'middle' : 'top'` },
        }
        : {}),
      grid: false,
      titleLimit: { expr: "width" },
    },
  } as const;
  const y = metricAxis({ axisTitle: title }, domain);
  const tooltip = [
    { field: "name", title: "Cell" },
    { field: "mean", title, format: scale.format },
    { field: "interval", title: interval },
    { field: "n", title: isDifference ? "Pairs" : replicatesHeading(analysis.question) },
  ];
  const isPointedAt = { or: [IS_CHOSEN, { param: "pointed", empty: false }] };
  const opacity = unlessOther(0.75, 0.12);
  const edges: Layer[] = [true, false].map((isLow) => ({
    transform: [{ filter: `isValid(datum.at) && ${isLow ? "" : "!"}datum.isLow` }],
    mark: {
      type: "point",
      shape: isLow ? "triangle-down" : "triangle-up",
      filled: true,
      size: 60,
      style: "slice",
    },
    encoding: { x, y: { ...y, field: "at" }, opacity, tooltip },
  }));
  return {
    ...FULL_WIDTH,
    description: `${countOf(points.length, "cell")}: ${title} over ${key.label}`,
    height: HEIGHT,
    params: [
      ...CELL_PARAMS,
      { name: "ticks", value: axis.ticks.map(({ text }) => text) },
      { name: "places", value: axis.ticks.map(({ height }) => toShown(height)) },
    ],
    datasets: { points: rows, zero: isDifference ? [{ mean: 0 }] : [] },
    data: { name: "points" },
    layer: [
      {
        data: { name: "zero" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference", clip: true },
        encoding: { y: { ...y, field: "mean" } },
      },
      {
        transform: [{ filter: { and: ["isValid(datum.low)", isPointedAt] } }],
        mark: { type: "rule", strokeWidth: 2, style: "slice", clip: true },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      {
        // The parameter belongs to one layer: on the chart, its signals would be defined twice.
        params: [{
          name: "pointed",
          select: { type: "point", fields: ["name"], on: "pointerover", clear: "pointerout" },
        }],
        transform: [{ filter: "!isValid(datum.at)" }],
        mark: { type: "point", filled: true, size: 50, style: "slice" },
        encoding: { x, y: { ...y, field: "mean" }, opacity, tooltip },
      },
      ...edges,
      ring("points", { x, y: { ...y, field: "mean" } }),
    ],
  };
}
