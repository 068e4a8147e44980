import type { TopLevelSpec } from "vega-lite";
import type { MetricScale } from "../../wording/metric_scale.ts";

/** A chart's layers, and one of them. */
export type Layers = Extract<TopLevelSpec, { layer: unknown }>["layer"];
export type Layer = Layers[number];
export type UnitLayer = Exclude<Layer, { layer: unknown }>;

/** What all charts share: as wide as their container, however wide that becomes. */
export const FULL_WIDTH = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  width: "container",
  // Layout follows every change, since the width decides how many rows a legend takes.
  autosize: { type: "fit-x", contains: "padding", resize: true },
} as const;

/** The width of a chart without a container. */
export const STATIC_WIDTH = 720;

/**
 * The container's width in pixels, as an expression. The plot's own width is known only after the
 * layout of axes and legends; the expression names it because its changes trigger updates.
 */
export const ROOM = `(width ? containerSize()[0] || ${STATIC_WIDTH} : 0)`;

/** Pixels per character: an upper bound of the average. */
export const CHARACTER = 7;
/** Pixels of a legend's symbol with its margins. */
const SYMBOL = 34;
/** Pixels left of a plot whose axis has numbers. */
const NUMBERS = "60";

/**
 * One colour per group, the first of them the neutral one.
 *
 * @param named The groups that the legend names; with fewer than `least`, there is no legend.
 * @param title The legend's title.
 * @param margin Pixels left of the plot, where the legend starts, as an expression.
 */
export function groupColor(
  groups: readonly string[],
  named: readonly string[],
  { title = null, margin = NUMBERS, least = 2 }: {
    title?: string | null;
    margin?: string;
    least?: number;
  } = {},
) {
  const entries = named.map((name) => name.length * CHARACTER + SYMBOL);
  const room = `(${ROOM} - ${margin})`;
  const all = entries.reduce((sum, entry) => sum + entry, 0);
  const some = `max(1, floor(${room} / ${Math.max(0, ...entries)}))`;
  const columns = { expr: `${room} >= ${all} ? ${entries.length} : ${some}` };
  return {
    field: "group",
    type: "nominal",
    scale: { domain: [...groups] },
    legend: named.length >= least
      ? {
        title,
        values: [...named],
        symbolType: "circle",
        columns,
        // A name too long for the chart goes on in the next line, between the values it combines.
        labelExpr: `${room} < ${Math.max(0, ...entries)} ` +
          "? split(replace(datum.label, regexp(' × ', 'g'), ' ×\\n'), '\\n') : datum.label",
        labelLimit: { expr: `max(80, ${room} - ${SYMBOL})` },
      }
      : null,
  } as const;
}

/** A vertical axis of the metric that shows a part of its values. */
export function metricAxis(
  { axisTitle }: Pick<MetricScale, "axisTitle">,
  domain: [number, number],
) {
  return {
    type: "quantitative",
    title: axisTitle,
    scale: { domain, nice: false, zero: false },
    axis: { tickCount: 5 },
  } as const;
}
