import type { TopLevelSpec } from "vega-lite";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { endsOf, type Estimate, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import { CHOSEN, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { focusDomain } from "./_focus_domain.ts";
import {
  CHARACTER,
  followingHeight,
  FULL_WIDTH,
  groupColor,
  type Layers,
  ROOM,
} from "./_layout.ts";
import type { ChartContext } from "./chart.ts";

/** Pixels between lines of text, and around those of a row. */
const LINE = 13;
const GAP = 11;
/** On a narrow chart, a cell's values stand one below the other. */
const IS_NARROW = `${ROOM} < 560`;
const LINES = "split(datum.value, '\\n')";
/** The opacity of cells other than the chosen one. */
const FADED = 0.3;

/** One row: a cell and its estimate. */
export interface EstimateRow {
  readonly cell: ReportCell;
  readonly estimate?: Estimate;
  /** Other values drawn in its row. */
  readonly values?: readonly number[];
  /** A word at the row's right end. */
  readonly label?: string;
}

/** What differs between charts of estimates. */
export interface EstimateChart extends Pick<ChartContext, "largerIsBetter" | "groups"> {
  readonly description: string;
  readonly scale: MetricScale;
  /** The axis title. */
  readonly title: string;
  /** Limits of the axis. */
  readonly bounds?: readonly [number, number];
  /** What the tooltip calls the mean and the number of values behind it. */
  readonly meanTitle: string;
  readonly countTitle: string;
  /** Vega expression for the text of a tick; the default text if absent. */
  readonly tickExpression?: string;
  /** The groups that the legend names. */
  readonly named: readonly string[];
  readonly write: (mean: number) => string;
  /** Pixels between rows. */
  readonly gap?: number;
  /** Drawn behind the estimates, before or after the rows' grounds, which react to the pointer. */
  readonly background: (frame: Frame) => {
    readonly datasets: Record<string, object[]>;
    readonly before?: Layers;
    readonly after?: Layers;
  };
}

/** What a background layer needs to line up with the rows. */
export type Frame = ReturnType<typeof frameOf>;

/** Cells one below the other, in the order given, each with a mean and its 95% interval. */
export function estimateChart(rows: readonly EstimateRow[], chart: EstimateChart): TopLevelSpec {
  const frame = frameOf(rows, chart);
  const { x, y, color, isInside, keysOf, edge } = frame;
  const background = chart.background(frame);
  const side = chart.largerIsBetter ? "left" : "right";
  const tooltip = [
    { field: "name", title: "Cell" },
    { field: "mean", title: chart.meanTitle, format: frame.format },
    ...(rows.some(({ estimate }) => estimate?.low !== undefined)
      ? [{ field: "interval", title: "95% interval" }]
      : []),
    ...(frame.labels ? [{ field: "label", title: "Verdict" }] : []),
    { field: "n", title: chart.countTitle },
  ];
  return {
    ...FULL_WIDTH,
    ...followingHeight(frame.heightExpression),
    description: chart.description,
    height: frame.height,
    params: [CHOSEN, ...(frame.labels ? [{ name: "labels", value: frame.labels }] : [])],
    datasets: {
      ...background.datasets,
      rows: rows.map(({ cell }) => keysOf(cell)),
      cells: rows.flatMap(({ cell, estimate, label }) => {
        if (!estimate || !isInside(estimate.mean)) return [];
        const interval = intervalText(estimate, chart.scale);
        return [{ ...keysOf(cell), ...estimate, interval, ...(label ? { label } : {}) }];
      }),
      beyond: rows.flatMap(({ cell, estimate }) => {
        if (estimate && isInside(estimate.mean)) return [];
        return [{ ...keysOf(cell), at: edge, text: beyondText(estimate, chart) }];
      }),
    },
    layer: [
      ...background.before ?? [],
      {
        data: { name: "rows" },
        mark: { type: "rect", style: "row" },
        encoding: {
          y: { ...y, ...frame.rowAxis },
          opacity: { condition: { test: IS_CHOSEN, value: 0.16 }, value: 0 },
          // Without a tooltip, it would not react to the pointer in a chart with a selection.
          tooltip: { field: "name", title: "Cell" },
        },
      },
      ...background.after ?? [],
      {
        data: { name: "cells" },
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", strokeWidth: 2.5, clip: true },
        encoding: {
          x: { ...x, field: "low" },
          x2: { field: "high" },
          y,
          color,
          opacity: unlessOther(1, FADED),
          tooltip,
        },
      },
      {
        data: { name: "cells" },
        mark: { type: "point", filled: true, size: 90 },
        encoding: {
          x: { ...x, field: "mean" },
          y,
          color,
          opacity: unlessOther(1, FADED),
          tooltip,
        },
      },
      {
        data: { name: "beyond" },
        mark: { type: "text", align: side, dx: side === "left" ? 4 : -4 },
        encoding: {
          x: { ...x, field: "at" },
          y: { ...y, ...frame.labelAxis },
          text: { field: "text" },
          opacity: unlessOther(1, FADED),
        },
      },
    ],
    resolve: { axis: { y: "independent" } },
  };
}

function beyondText(estimate: Estimate | undefined, chart: EstimateChart): string {
  if (!estimate) return "no run completed";
  const text = chart.write(estimate.mean);
  return chart.largerIsBetter ? `◂ ${text}` : `${text} ▸`;
}

function frameOf(rows: readonly EstimateRow[], chart: EstimateChart) {
  const domain = focusDomain(
    rows.map(({ estimate, values = [] }) => [...endsOf(estimate), ...values]),
    chart.bounds,
  );
  const [low, high] = domain;
  const names = rows.map(({ cell }) => rowOf(cell));
  const lines = Math.max(1, ...names.map((name) => name.split("\n").length));
  const widthOf = (texts: readonly string[]) =>
    CHARACTER * Math.max(0, ...texts.map((text) => text.length));
  const broken = widthOf(names.flatMap((name) => name.split("\n")));
  const limit = `0.45 * ${ROOM}`;
  const margin = `min(${limit}, ${IS_NARROW} ? ${broken} : ${widthOf(names)})`;
  const { gap = GAP } = chart;
  const labels = rows.some(({ label }) => label)
    ? Object.fromEntries(rows.map(({ cell, label = "" }) => [rowOf(cell), label]))
    : undefined;
  return {
    isInside: (value: number) => low <= value && value <= high,
    /** The bad end of the axis. */
    edge: chart.largerIsBetter ? low : high,
    /** The fields by which a mark finds its row and colour, and its cell's name. */
    keysOf: (cell: ReportCell) => ({ row: rowOf(cell), group: cell.group, name: cell.name }),
    format: `.${chart.scale.decimals}f`,
    height: rows.length * (LINE + gap),
    heightExpression: `${rows.length} * (${IS_NARROW} ? ${lines * LINE + gap} : ${LINE + gap})`,
    /** By row; absent if no row has one. */
    labels,
    x: {
      type: "quantitative",
      title: chart.title,
      scale: { domain, nice: false, zero: false },
      axis: {
        // Few enough that their labels stay apart on a narrow screen.
        tickCount: { expr: "max(3, floor(width / 90))" },
        ...(chart.tickExpression ? { labelExpr: chart.tickExpression } : {}),
      },
    },
    y: {
      field: "row",
      type: "nominal",
      title: null,
      // An explicit order: sorting by a field's values would put names into an expression.
      scale: { domain: names },
      sort: null,
      axis: null,
    },
    rowAxis: {
      axis: {
        labelExpr: `${IS_NARROW} ? ${LINES} : join(${LINES}, ' ')`,
        labelLimit: { expr: limit },
        labelLineHeight: LINE,
        // Centres several lines on the row, instead of their first line.
        labelOffset: { expr: `${IS_NARROW} ? (1 - length(${LINES})) * ${LINE / 2} : 0` },
        labelOverlap: false,
      },
    },
    labelAxis: {
      axis: labels
        ? {
          orient: "right" as const,
          labelExpr: "labels[datum.value]",
          labelOverlap: false,
          labelFontWeight: {
            condition: {
              test: "test(/better|worse/, labels[datum.value])",
              value: "bold" as const,
            },
            value: "normal" as const,
          },
        }
        : null,
    },
    color: groupColor(chart.groups, chart.named, { margin }),
  } as const;
}

/** The text of a cell's row: a line per value, and how many runs diverged or failed. */
function rowOf({ name, summary }: ReportCell): string {
  const { n, diverged, failed } = summary;
  const notes = [[diverged, "diverged"], [failed, "failed"]] as const;
  return [
    name.split(/ (?=\+ )/).join("\n"),
    ...notes.filter(([count]) => count > 0)
      .map(([count, what]) => `(${count}/${n + diverged + failed} ${what})`),
  ].join(" ");
}
