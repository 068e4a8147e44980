import type { TopLevelSpec } from "vega-lite";
import { formatCount } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import { endsOf, intervalText } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CHOSEN, ring } from "./_chosen.ts";
import { focusDomain } from "./_focus_domain.ts";
import { FULL_WIDTH, groupColor, type Layer, metricAxis } from "./_layout.ts";
import { hasIntervals, WITH_BANDS } from "./_shown_cells.ts";
import { type StrengthPanel, strengthPanels } from "./_strength_panels.ts";
import { axisTitle } from "./_swept_axis.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** With more lines, their bands would hide one another. */
const MOST_BANDS = 3;
const HEIGHT = 260;

/** The metric over each swept number; undefined if no cells differ in one of them alone. */
export function strengthCurves(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const panels = strengthPanels(cells, manifest.experiment.swept);
  if (panels.length === 0) return undefined;
  const { noun, bounds } = metricScale(context.metric);
  const drawn = new Set(
    panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ cell }) => cell))),
  );
  const hasBands = hasIntervals(cells, "metric") &&
    panels.every(({ lines }) => lines.length <= MOST_BANDS);
  const domain = focusDomain(
    cells.filter(({ name }) => drawn.has(name)).map(({ metric }) => endsOf(metric)),
    bounds,
  );
  const baseline = cells.find(({ isBaseline }) => isBaseline)?.metric?.mean;
  const bands = hasBands ? WITH_BANDS : "";
  const most = Math.max(...panels.map(({ total }) => total));
  const kept = Math.max(...panels.map(({ lines }) => lines.length));
  const heading = panels.every(({ key }) => key.regularizer)
    ? "Strength of regularization"
    : "Effect of each swept value";
  return {
    heading,
    caption: [
      `Mean ${noun}${bands}. Along a line, only the value on the axis changes. The dashed line is`,
      "the baseline’s mean.",
      ...(most > kept ? [`Showing the best ${kept} of up to ${formatCount(most)} lines.`] : []),
    ].join(" "),
    charts: panels.map((panel) => ({
      id: `strength-${panel.key.key.replaceAll("_", "-")}`,
      title: panel.key.label,
      spec: strengthSpec(panel, { domain, baseline, hasBands }, context),
    })),
  };
}

/** What all panels of strengths have in common, so that they can be compared. */
interface StrengthFrame {
  /** Of the metric. */
  readonly domain: [number, number];
  /** The baseline's mean, if it has one. */
  readonly baseline?: number;
  /** Whether lines have bands of 95% intervals. */
  readonly hasBands: boolean;
}

/**
 * The metric over the strength of one hyperparameter, a line per combination of the others, with a
 * line across at the baseline's mean.
 */
function strengthSpec(
  panel: StrengthPanel,
  { domain, baseline, hasBands }: StrengthFrame,
  { metric, groups }: ChartContext,
): TopLevelSpec {
  const scale = metricScale(metric);
  const { label } = panel.key;
  const isSingle = panel.lines.length === 1;
  const names = panel.lines.map(({ name }) => name);
  const rows = panel.lines.flatMap((line) =>
    line.points.map(({ strength, cell, estimate }) => ({
      group: isSingle ? line.group : line.name,
      strength,
      name: cell,
      ...estimate,
      interval: intervalText(estimate, scale),
    }))
  );
  const x = {
    field: "strength",
    type: "quantitative",
    title: axisTitle(panel.key),
    ...strengthAxis(rows.map(({ strength }) => strength)),
  } as const;
  const y = metricAxis(scale, domain);
  // Lines of one technique take the hues after the neutral, which the empty name occupies.
  const title = panel.distinguishing.map((other) => other.label).join(", ");
  const color = isSingle ? groupColor(groups, []) : groupColor(["", ...names], names, { title });
  const band: Layer = {
    data: { name: "points" },
    transform: [{ filter: "isValid(datum.low)" }],
    mark: { type: "area", opacity: isSingle ? 0.18 : 0.07, clip: true },
    encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
  };
  return {
    ...FULL_WIDTH,
    description: `${scale.axisTitle} over ${label}: mean${hasBands ? " and 95% interval" : ""}, ${
      isSingle ? "one line" : `a line per ${title}: ${names.join("; ")}`
    }`,
    height: HEIGHT,
    params: [CHOSEN],
    datasets: { baseline: baseline === undefined ? [] : [{ mean: baseline }], points: rows },
    layer: [
      {
        data: { name: "baseline" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference", clip: true },
        encoding: { y: { ...y, field: "mean" } },
      },
      ...(hasBands ? [band] : []),
      {
        data: { name: "points" },
        mark: { type: "line", strokeWidth: 2, clip: true },
        encoding: { x, y: { ...y, field: "mean" }, color },
      },
      {
        data: { name: "points" },
        mark: { type: "point", filled: true, size: 60, opacity: 1, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: `.${scale.decimals}f` },
            { field: "interval", title: "95% interval" },
            { field: "n", title: "Seeds" },
          ],
        },
      },
      ring("points", { x, y: { ...y, field: "mean" } }),
    ],
  };
}

/** An axis with ticks at the values used: linear, or logarithmic except near 0. */
function strengthAxis(strengths: readonly number[]) {
  const values = [...new Set(strengths)].toSorted((a, b) => a - b);
  const constant = symlogConstant(values.filter((value) => value > 0));
  const symlog = (value: number) => Math.log1p(value / constant);
  const isSymlog = values[0] >= 0 && leastGap(values.map(symlog)) > leastGap(values);
  return {
    scale: {
      ...(isSymlog
        ? { type: "symlog" as const, constant }
        : { type: "linear" as const, zero: false }),
      domain: [values[0], values[values.length - 1]],
      nice: false,
      padding: 14,
    },
    axis: {
      values,
      grid: false,
      titleLimit: { expr: "width" },
      labelExpr: "datum.value !== 0 && abs(datum.value) < 0.001 " +
        "? format(datum.value, '~e') : format(datum.value, '~g')",
    },
  };
}

/** Puts 0 as far from the least strength as strengths are from one another on average. */
function symlogConstant(positive: readonly number[]): number {
  if (positive.length < 2) return 1;
  const [least, most] = [positive[0], positive[positive.length - 1]];
  const ratio = (most / least) ** (1 / (positive.length - 1));
  return Number((least / (ratio - 1)).toPrecision(3));
}

/** How near the nearest two of ascending values are, as a share of the whole. */
function leastGap(values: readonly number[]): number {
  const gaps = values.slice(1).map((value, index) => value - values[index]);
  return Math.min(...gaps) / (values[values.length - 1] - values[0]);
}
