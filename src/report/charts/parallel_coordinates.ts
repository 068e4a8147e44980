import type { TopLevelSpec } from "vega-lite";
import { countOf } from "../../format_number.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import { differenceTexts, intervalText, toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { cellTooltip } from "./_cell_tooltip.ts";
import { CELL_PARAMS, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import {
  colorsSentence,
  type Contrast,
  differenceColors,
  FROM_BASELINE,
  fromMedian,
} from "./_difference_colors.ts";
import { CHARACTER, FULL_WIDTH, ROOM } from "./_layout.ts";
import { meanAxis, type ParallelAxis, valueAxis } from "./_parallel_axis.ts";
import { hasFirstPointAsBaseline, sampledAxes } from "./_sampled_design.ts";
import { evenly } from "./_shown_cells.ts";
import { sweptAxes, type SweptAxis } from "./_swept_axis.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Nobody can follow more. */
const MOST_LINES = 200;
const FEWEST_AXES = 3;
/** More do not fit side by side. */
const MOST_AXES = 8;
const HEIGHT = 380;
const TITLE_LINE = 14;
/** Pixels that the marked part of an axis is wide. */
const BRUSH = 18;

/** How three or more swept hyperparameters act together; undefined if no two vary together. */
export function parallelCoordinates(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const swept = sweptAxes(cells, manifest.experiment.swept);
  const ranked = cells.filter(({ metric }) => metric);
  const areTogether = ranked.some(({ technique }) => technique.includes(" × "));
  if (swept.length < FEWEST_AXES || swept.length > MOST_AXES || !areTogether) return undefined;
  const shown = evenly(ranked, MOST_LINES, ({ isBaseline }) => isBaseline);
  const metricAxis = meanAxis(shown, context);
  const isSampled = sampledAxes(cells, manifest.experiment.swept) !== undefined;
  const contrast = isSampled && hasFirstPointAsBaseline(cells) ? fromMedian(ranked) : FROM_BASELINE;
  const { rows } = trainersOf(manifest);
  const axes = swept.map((axis) => valueAxis(axis, rows));
  const heading = "All swept values together";
  return {
    id: "settings",
    axes: [...axes, metricAxis].map(({ brush }) => brush),
    heading,
    caption: [
      `Each line is a cell; the last axis is its mean ${context.scale.noun}. Drag along an axis to ` +
      "filter the cells of the whole page by it.",
      ...(shown.some(contrast.differenceOf) ? [colorsSentence(context, contrast)] : []),
      "Lines through the same value are fanned out around it, better cells higher.",
      ...apartSentences(shown, swept),
      ...(metricAxis.hasBeyond
        ? ["Means far below the others stand under the last axis (▾)."]
        : []),
      ...(shown.length < ranked.length
        ? [`Showing ${shown.length} of ${countOf(ranked.length, "cell")}, from best to worst.`]
        : []),
    ].join(" "),
    charts: [{
      id: "parallel-coordinates",
      title: heading,
      spec: parallelSpec(shown, { axes: [...axes, metricAxis], contrast }, context),
    }],
  };
}

/** What a caption says of cells that go without a key. */
function apartSentences(cells: readonly ReportCell[], axes: readonly SweptAxis[]): string[] {
  const without = axes.flatMap((axis) =>
    cells.filter((cell) => axis.valueOf(cell) === "").map(({ values }) => values[axis.key.key])
  );
  if (without.length === 0) return [];
  // A key that a condition leaves out has its default, which filters go by; or the trainer has no such key.
  return [
    without.some((value) => value !== "")
      ? "Cells that go without a value stand apart (–); a filter takes them at its default."
      : "Cells that go without a value stand apart (–).",
  ];
}

/**
 * A line per cell over an axis per swept hyperparameter and a last one of the metric, coloured by a
 * difference.
 *
 * Lines through the same value lie side by side, best on top, so that none hides another.
 *
 * @param cells Best first.
 */
function parallelSpec(
  cells: readonly ReportCell[],
  { axes, contrast }: {
    readonly axes: readonly ParallelAxis[];
    /** What lines are coloured by. */
    readonly contrast: Contrast;
  },
  context: ChartContext,
): TopLevelSpec {
  const { scale } = context;
  const colors = differenceColors(cells, context, "heatmap", contrast);
  const heights = axes.map((axis) => fannedOut(cells, axis));
  const lines = cells.flatMap((cell, rank) => {
    const { metric, name } = cell;
    if (!metric) return [];
    const difference = contrast.differenceOf(cell);
    const shown = {
      ...{ rank, name, mean: metric.mean, n: metric.n, interval: intervalText(metric, scale) },
      ...(difference === undefined
        ? {}
        : { difference, gap: differenceTexts({ mean: difference }, scale).difference }),
    };
    return heights.map((ofCells, axis) => ({ axis, height: toShown(ofCells[rank]), ...shown }));
    // Those drawn later lie above: the best.
  }).reverse();
  const ticks = axes.flatMap(({ ticks }, axis) =>
    ticks.map(({ height, text }) => ({ axis, height: toShown(height), text }))
  );
  const titles = titleLines(axes.map(({ title }) => title));
  const isNarrow = `(${ROOM} < ${roomFor(titles.words)})`;
  const isWide = `(${ROOM} >= ${roomFor(titles.phrases)})`;
  const padding = (lines: readonly string[][]) => TITLE_LINE * lines[0].length - 6;
  const x = {
    field: "axis",
    type: "ordinal",
    title: null,
    scale: { type: "point", domain: axes.map((_, axis) => axis), padding: 0.3 },
    axis: {
      orient: "top",
      // Upwards, in one line each, where they would cover one another side by side.
      labelExpr: `${isWide} ? phrases[datum.value] : ` +
        `${isNarrow} ? trim(join(words[datum.value], ' ')) : words[datum.value]`,
      labelAngle: { expr: `${isNarrow} ? -90 : 0` },
      labelAlign: { expr: `${isNarrow} ? 'left' : 'center'` },
      labelBaseline: { expr: `${isNarrow} ? 'middle' : 'bottom'` },
      labelPadding: {
        expr: `${isWide} ? ${padding(titles.phrases)} : ${isNarrow} ? 4 : ${padding(titles.words)}`,
      },
      labelLimit: 0,
      labelOverlap: false,
      labelLineHeight: TITLE_LINE,
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
  const line = { x, y, detail: { field: "rank" }, order: { field: "axis" } } as const;
  const colored = { ...line, ...(colors ? { color: colors.color } : {}) };
  const text = { x, y, text: { field: "text" } } as const;
  const tooltip = cellTooltip(context, contrast.reference);
  return {
    ...FULL_WIDTH,
    description: `${countOf(cells.length, "cell")}, a line each over ${
      axes.map(({ title }) => title).join(", ")
    }`,
    height: HEIGHT,
    params: [
      ...CELL_PARAMS,
      { name: "phrases", value: titles.phrases },
      { name: "words", value: titles.words },
    ],
    // The page's script marks what the filter selects of each axis.
    datasets: { lines, ticks, brushes: [] },
    layer: [
      {
        data: { name: "lines" },
        transform: [{ filter: "!isValid(datum.difference)" }],
        mark: { type: "line", strokeWidth: 2, style: "reference" },
        encoding: { ...line, opacity: unlessOther(0.85, 0.15), tooltip },
      },
      {
        data: { name: "lines" },
        transform: [{ filter: "isValid(datum.difference)" }],
        mark: { type: "line", strokeWidth: 2 },
        encoding: { ...colored, opacity: unlessOther(0.85, 0.15), tooltip },
      },
      {
        data: { name: "lines" },
        transform: [{ filter: `${IS_CHOSEN} && isValid(datum.difference)` }],
        mark: { type: "line", strokeWidth: 5 },
        encoding: colored,
      },
      {
        data: { name: "brushes" },
        mark: { type: "rule", strokeWidth: BRUSH, style: "brush" },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
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

/** Heights of cells on an axis: those with the same value side by side around it, best on top. */
function fannedOut(cells: readonly ReportCell[], { heightOf, spreadOf }: ParallelAxis): number[] {
  const sharing = Map.groupBy(cells.keys(), (rank) => heightOf(cells[rank]));
  const heights = new Array<number>(cells.length);
  for (const [height, ranks] of sharing) {
    ranks.forEach((rank, index) => {
      const share = ranks.length > 1 ? 0.5 - index / (ranks.length - 1) : 0;
      heights[rank] = height + spreadOf(cells[rank]) * share;
    });
  }
  return heights;
}

/** Titles in two lines, what is in brackets in the second; and in lines of a word each. */
function titleLines(titles: readonly string[]) {
  return {
    phrases: linedUp(titles.map((title) => title.split(/ (?=\()/))),
    words: linedUp(titles.map((title) => title.split(" "))),
  };
}

/** As many lines for all, so that they end at the same height. */
function linedUp(titles: readonly string[][]): string[][] {
  const most = Math.max(...titles.map(({ length }) => length));
  return titles.map((lines) => [...Array(most - lines.length).fill(""), ...lines]);
}

/** Pixels that titles take side by side. */
function roomFor(titles: readonly string[][]): number {
  return titles.length * CHARACTER * Math.max(...titles.flat().map(({ length }) => length));
}
