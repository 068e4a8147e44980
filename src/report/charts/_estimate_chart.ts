import type { TopLevelSpec } from "vega-lite";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { endsOf, type Estimate, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import { scaleText } from "../scale_text.ts";
import { CELL_PARAMS, IS_CHOSEN, unlessOther } from "./_chosen.ts";
import { focusDomain, reaching } from "./_focus_domain.ts";
import { CHARACTER, FULL_WIDTH, groupColor, type Layers, ROOM, type UnitLayer } from "./_layout.ts";
import { followingHeight } from "./patched_vega.ts";
import { wrapLabel } from "./_wrap_label.ts";
import { type ChartContext, MOST_ROWS } from "./chart.ts";

/** Pixels between lines of text, and around those of a row. */
const LINE = 13;
const GAP = 11;
/** The share of the chart's width that names may take. */
const NAMES = 0.48;
/** How many characters a line of a name has, by the width that the chart has at least. */
const LABEL_SIZES = [
  { from: 0, most: 24 },
  { from: 560, most: 40 },
  { from: 700, most: 54 },
  { from: 860, most: 62 },
];
/** The place of the size in use. */
const SIZE = LABEL_SIZES.slice(1).map(({ from }) => `(${ROOM} < ${from} ? 0 : 1)`).join(" + ");
/** The opacity of cells other than the chosen one. */
const FADED = 0.3;
/** Pixels that a value beyond the axis stands above its row's middle, clear of what is below. */
const RAISED = -4;

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
  /** Values that the axis reaches where they are not far from the estimates. */
  readonly references?: readonly number[];
  /** Values that it is to show wherever they are; see `focusDomain()`. */
  readonly seen?: readonly number[];
  /** What the tooltip calls the mean and the number of values behind it. */
  readonly meanTitle: string;
  /** What it calls the interval. */
  readonly intervalTitle?: string;
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
      ? [{ field: "interval", title: chart.intervalTitle ?? "95% interval" }]
      : []),
    ...(frame.labels ? [{ field: "label", title: "Verdict" }] : []),
    { field: "n", title: chart.countTitle },
  ];
  return {
    ...FULL_WIDTH,
    ...followingHeight(frame.heightExpression),
    description: chart.description,
    height: frame.height,
    params: [
      ...CELL_PARAMS,
      { name: "rowLabels", value: frame.rowLabels },
      ...(frame.labels ? [{ name: "labels", value: frame.labels }] : []),
    ],
    datasets: {
      ...background.datasets,
      rows: rows.map(({ cell }) => keysOf(cell)),
      cells: rows.flatMap(({ cell, estimate, label }) => {
        if (!estimate || !isInside(estimate.mean)) return [];
        const interval = intervalText(estimate, chart.scale);
        return [{
          ...keysOf(cell),
          ...estimate,
          interval,
          ...(label ? { label } : {}),
        }];
      }),
      cuts: rows.flatMap(({ cell, estimate }) =>
        estimate && isInside(estimate.mean)
          ? cutsOf(estimate, frame).map((cut) => ({ ...keysOf(cell), ...cut }))
          : []
      ),
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
      arrowheads(frame),
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
        mark: {
          type: "text",
          style: "halo",
          align: side,
          dx: side === "left" ? 4 : -4,
          dy: RAISED,
        },
        encoding: {
          x: { ...x, field: "at" },
          y: { ...y, ...frame.labelAxis },
          text: { field: "text" },
        },
      },
      {
        data: { name: "beyond" },
        mark: { type: "text", align: side, dx: side === "left" ? 4 : -4, dy: RAISED },
        encoding: {
          x: { ...x, field: "at" },
          y,
          text: { field: "text" },
          opacity: unlessOther(1, FADED),
        },
      },
    ],
    resolve: { axis: { y: "independent" } },
  };
}

/** Where an interval goes on beyond the axis, or beyond what the metric can be. */
function cutsOf({ low, high }: Estimate, { domain: [least, most], bounds }: Frame) {
  if (low === undefined || high === undefined || low === high) return [];
  return [
    ...(low < least || low <= bounds[0] ? [{ at: least, angle: -90 }] : []),
    ...(high > most || high >= bounds[1] ? [{ at: most, angle: 90 }] : []),
  ];
}

/** Heads of arrows at the ends of the axis, where intervals are cut. */
function arrowheads({ x, y, color }: Frame): UnitLayer {
  return {
    data: { name: "cuts" },
    mark: { type: "point", shape: "triangle-up", filled: true, size: 55 },
    encoding: {
      x: { ...x, field: "at" },
      y,
      color,
      angle: { field: "angle", type: "quantitative", scale: null },
      opacity: unlessOther(1, FADED),
    },
  };
}

/** True if some interval is cut off at an end of the axis; see `ARROWHEADS_SENTENCE`. */
export function hasCuts(spec: TopLevelSpec): boolean {
  const { datasets } = spec as { datasets?: { cuts?: readonly object[] } };
  return (datasets?.cuts ?? []).length > 0;
}

export const ARROWHEADS_SENTENCE = "An arrowhead marks an interval that goes on beyond the axis.";

function beyondText(estimate: Estimate | undefined, chart: EstimateChart): string {
  if (!estimate) return "no run completed";
  const text = chart.write(estimate.mean);
  return chart.largerIsBetter ? `◂ ${text}` : `${text} ▸`;
}

function frameOf(rows: readonly EstimateRow[], chart: EstimateChart) {
  const { bounds = [-Infinity, Infinity], references = [], seen = [] } = chart;
  const focus = focusDomain(
    rows.map(({ estimate, values = [] }) => [...endsOf(estimate), ...values]),
    bounds,
    seen,
  );
  const domain = reaching(focus, references);
  const [low, high] = domain;
  const rowLabels = LABEL_SIZES.map(({ most }) =>
    Object.fromEntries(rows.map(({ cell }) => [rowOf(cell), wrapLabel(rowOf(cell), most)]))
  );
  const lines = rowLabels.map((labels) => Object.values(labels));
  const linesOf = lines.map((all) => Math.max(1, ...all.map(({ length }) => length)));
  const widths = lines.map((all) =>
    CHARACTER * Math.max(0, ...all.flat().map(({ length }) => length))
  );
  const limit = `${NAMES} * ${ROOM}`;
  const margin = `min(${limit}, ${inUse(widths)})`;
  const { gap = GAP } = chart;
  const label = `rowLabels[${SIZE}][datum.value]`;
  const labels = rows.some(({ label }) => label)
    ? Object.fromEntries(rows.map(({ cell, label = "" }) => [rowOf(cell), label]))
    : undefined;
  return {
    domain,
    bounds,
    isInside: (value: number) => low <= value && value <= high,
    /** The bad end of the axis. */
    edge: chart.largerIsBetter ? low : high,
    /** The fields by which a mark finds its row and colour, and its cell's name. */
    keysOf: (cell: ReportCell) => ({ row: rowOf(cell), group: cell.group, name: cell.name }),
    format: chart.scale.format,
    height: rows.length * (LINE + gap),
    heightExpression: `${rows.length} * ${inUse(linesOf.map((count) => count * LINE + gap))}`,
    /** Lines of names by row, for each of `LABEL_SIZES`. */
    rowLabels,
    /** By row; absent if no row has one. */
    labels,
    x: {
      type: "quantitative",
      title: chart.title,
      scale: { domain, nice: false, zero: false },
      axis: {
        // Where the rows begin, if their end is out of sight.
        ...(rows.length > MOST_ROWS ? { orient: "top" as const } : {}),
        // Few enough that their labels stay apart on a narrow screen.
        tickCount: { expr: "max(4, floor(width / 90))" },
        ...(chart.tickExpression ? { labelExpr: chart.tickExpression } : {}),
      },
    },
    y: {
      field: "row",
      type: "nominal",
      title: null,
      // An explicit order: sorting by a field's values would put names into an expression.
      scale: { domain: rows.map(({ cell }) => rowOf(cell)) },
      sort: null,
      axis: null,
    },
    rowAxis: {
      axis: {
        labelExpr: label,
        labelLimit: { expr: limit },
        labelLineHeight: LINE,
        // Centres several lines on the row, instead of their first line.
        labelOffset: { expr: `(1 - length(${label})) * ${LINE / 2}` },
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

/** Picks the entry for the size in use. */
function inUse(entries: readonly number[]): string {
  return `[${entries.join(", ")}][${SIZE}]`;
}

/** What a cell's row is called: its name, and how many runs diverged or failed. */
function rowOf({ name, summary }: ReportCell): string {
  const { n, diverged, failed } = summary;
  const notes = [[diverged, "diverged"], [failed, "failed"]] as const;
  const parts = [
    name,
    ...notes.filter(([count]) => count > 0)
      .map(([count, what]) => `(${count}/${n + diverged + failed} ${what})`),
  ];
  return scaleText(parts.join(" "));
}
