import type { TopLevelSpec } from "vega-lite";
import { countOf, formatFixed } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import { intervalText, toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CHOSEN, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { metricRamp } from "./_metric_ramp.ts";
import { sweptAxes, type SweptAxis } from "./_swept_axis.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Nobody can follow more. */
const MOST_LINES = 200;
const FEWEST_AXES = 3;
/** More do not fit side by side. */
const MOST_AXES = 8;
const HEIGHT = 380;
const TITLE_LINE = 14;
/** How much of the distance between two values their lines spread over. */
const SPREAD = 0.55;

/** How three or more swept hyperparameters act together; undefined if no two vary together. */
export function parallelCoordinates(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const axes = sweptAxes(cells, manifest.experiment.swept);
  const ranked = cells.filter(({ metric }) => metric);
  const areTogether = ranked.some(({ technique }) => technique.includes(" × "));
  if (axes.length < FEWEST_AXES || axes.length > MOST_AXES || !areTogether) return undefined;
  const shown = thin(ranked);
  const heading = "All swept values together";
  return {
    heading,
    caption: [
      `Each line is a cell. Stronger colour means better mean ${
        metricScale(context.metric).noun
      }. Among lines through the same value, better cells run higher.`,
      ...(shown.length < ranked.length
        ? [`Showing ${shown.length} of ${countOf(ranked.length, "cell")}, from best to worst.`]
        : []),
    ].join(" "),
    charts: [{
      id: "parallel-coordinates",
      title: heading,
      spec: parallelSpec(shown, axes, context),
    }],
  };
}

/** Evenly spaced ranks, the first and the last among them, and the baseline. */
function thin(ranked: readonly ReportCell[]): readonly ReportCell[] {
  if (ranked.length <= MOST_LINES) return ranked;
  const step = (ranked.length - 1) / (MOST_LINES - 1);
  const kept = new Set(Array.from({ length: MOST_LINES }, (_, line) => Math.round(line * step)));
  return ranked.filter(({ isBaseline }, rank) => isBaseline || kept.has(rank));
}

/**
 * A line per cell over an axis per swept hyperparameter and a last one of the metric, which colours
 * the lines.
 *
 * Lines through the same value lie side by side, best on top, so that none hides another.
 *
 * @param cells Best first.
 */
function parallelSpec(
  cells: readonly ReportCell[],
  axes: readonly SweptAxis[],
  context: ChartContext,
): TopLevelSpec {
  const scale = metricScale(context.metric);
  const ranked = cells.filter((cell) => cell.metric);
  const ramp = metricRamp(ranked, context);
  const metricPlace = metricAxis(ramp.domain, context.largerIsBetter);
  const last = Math.max(1, ranked.length - 1);
  const lines = ranked.flatMap((cell, rank) => {
    const { metric, name } = cell;
    if (!metric) return [];
    const shift = (0.5 - rank / last) * SPREAD;
    const heights = [
      ...axes.map((axis) => (axis.placeOf(cell) + 0.5 + shift) / axis.labels.length),
      metricPlace(metric.mean),
    ];
    const interval = intervalText(metric, scale);
    return heights.map((height, axis) => ({
      ...{ axis, height: toShown(height), rank, name, interval, mean: metric.mean, n: metric.n },
    }));
    // Those drawn later lie above: the best.
  }).reverse();
  const ticks = [
    ...axes.flatMap(({ labels }, axis) =>
      labels.map((text, place) => ({ axis, height: toShown((place + 0.5) / labels.length), text }))
    ),
    ...[0, 0.5, 1].map((share) => share * (ramp.domain[1] - ramp.domain[0]) + ramp.domain[0])
      .map((mean) => ({
        axis: axes.length,
        height: metricPlace(mean),
        text: formatFixed(mean, scale.decimals),
      })),
  ];
  const titles = linedUp([...axes.map(({ key }) => key.label), scale.axisTitle]);
  const x = {
    field: "axis",
    type: "ordinal",
    title: null,
    scale: { type: "point", domain: titles.map((_, axis) => axis), padding: 0.3 },
    axis: {
      orient: "top",
      labelExpr: "titles[datum.value]",
      labelAngle: 0,
      labelOverlap: false,
      labelLineHeight: TITLE_LINE,
      labelPadding: TITLE_LINE * titles[0].length - 6,
      grid: true,
    },
  } as const;
  const whole: number[] = [0, 1];
  const y = {
    field: "height",
    type: "quantitative",
    scale: { domain: whole },
    axis: null,
  } as const;
  const line = {
    x,
    y,
    detail: { field: "rank" },
    order: { field: "axis" },
    color: ramp.color,
  } as const;
  const text = { x, y, text: { field: "text" } } as const;
  return {
    ...FULL_WIDTH,
    description: `${countOf(ranked.length, "cell")}, a line each over ${
      axes.map(({ key }) => key.label).join(", ")
    } and the mean ${scale.noun}`,
    height: HEIGHT,
    params: [CHOSEN, { name: "titles", value: titles }],
    datasets: { lines, ticks },
    layer: [
      {
        data: { name: "lines" },
        mark: { type: "line", strokeWidth: 2 },
        encoding: {
          ...line,
          opacity: unlessOther(0.85, 0.15),
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: `.${scale.decimals}f` },
            { field: "interval", title: "95% interval" },
            { field: "n", title: "Seeds" },
          ],
        },
      },
      {
        data: { name: "lines" },
        transform: [{ filter: IS_CHOSEN }],
        mark: { type: "line", strokeWidth: 5 },
        encoding: line,
      },
      {
        data: { name: "ticks" },
        mark: { type: "text", style: "halo", align: "left", dx: 6 },
        encoding: text,
      },
      {
        data: { name: "ticks" },
        mark: { type: "text", style: "onPale", align: "left", dx: 6 },
        encoding: text,
      },
    ],
  };
}

/** Where a mean lies on the metric's axis, better ones higher; those beyond it at its ends. */
function metricAxis([low, high]: readonly [number, number], largerIsBetter: boolean) {
  return (mean: number) => {
    const share = Math.min(1, Math.max(0, (mean - low) / (high - low)));
    return toShown(0.03 + 0.94 * (largerIsBetter ? share : 1 - share));
  };
}

/** Titles in lines of a word each, as many for all, so that they end at the same height. */
function linedUp(titles: readonly string[]): string[][] {
  const lines = titles.map((title) => title.split(" "));
  const most = Math.max(...lines.map(({ length }) => length));
  return lines.map((words) => [...Array(most - words.length).fill(""), ...words]);
}
