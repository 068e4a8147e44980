import type { TopLevelSpec } from "vega-lite";
import { formatFixed } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import { endsOf, intervalText, toShown } from "../estimate.ts";
import { BASELINE_GROUP, type ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CHOSEN, ring, unlessOther } from "./_chosen.ts";
import { focusDomain } from "./_focus_domain.ts";
import { FULL_WIDTH, groupColor, metricAxis } from "./_layout.ts";
import { bestOf, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** A smaller share of zero weights than this is chance. */
const LEAST_SPARSITY = 0.005;
const HEIGHT = 300;

/** What zero weights cost; undefined if only the baseline would be shown. */
export function metricBySparsity(
  cells: readonly ReportCell[],
  _input: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const sparse = cells.filter(({ isBaseline, metric, summary }) =>
    metric && (isBaseline || (summary.means.sparsity ?? 0) >= LEAST_SPARSITY)
  );
  if (!sparse.some(({ isBaseline }) => !isBaseline)) return undefined;
  const shown = bestOf(sparse);
  const { noun } = metricScale(context.metric);
  const heading = `${noun[0].toUpperCase()}${noun.slice(1)} against sparsity`;
  return {
    heading,
    caption: [
      "Cells in which some weights are zero, with 95% intervals, and the baseline, whose mean is " +
      "the dashed line.",
      ...omission(shown, sparse),
    ].join(" "),
    charts: [{ id: "sparsity", title: heading, spec: sparsitySpec(shown, context) }],
  };
}

/**
 * The metric's mean and 95% interval over the share of zero weights.
 *
 * @param cells Best first.
 */
function sparsitySpec(cells: readonly ReportCell[], context: ChartContext): TopLevelSpec {
  const scale = metricScale(context.metric);
  const domain = focusDomain(
    cells.map(({ metric }) => endsOf(metric)),
    scale.bounds,
  );
  const [low, high] = domain;
  const points = cells.flatMap(({ name, group, metric, summary }) => {
    const sparsity = summary.means.sparsity;
    if (!metric || sparsity === undefined) return [];
    const interval = intervalText(metric, scale);
    return [{ name, group, sparsity: toShown(100 * sparsity), ...metric, interval }];
  });
  const beyond = points.filter(({ mean }) => mean < low || mean > high)
    .map(({ name, sparsity, mean }) => {
      const text = formatFixed(mean, scale.decimals) + scale.unit;
      return { name, sparsity, text: `${text} ${mean < low ? "▾" : "▴"}` };
    });
  const most = Math.max(...points.map(({ sparsity }) => sparsity));
  const drawn = new Set(points.map(({ group }) => group));
  const x = {
    field: "sparsity",
    type: "quantitative" as const,
    title: "Zero weights (%)",
    scale: { domain: [0, most], nice: false, padding: 14 },
    axis: { grid: false, tickCount: { expr: "max(3, floor(width / 90))" } },
  };
  const y = metricAxis(scale, domain);
  const color = groupColor(context.groups, context.groups.filter((group) => drawn.has(group)));
  const tooltip = [
    { field: "name", title: "Cell" },
    { field: "sparsity", title: "Zero weights (%)", format: ".1f" },
    { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: `.${scale.decimals}f` },
    { field: "interval", title: "95% interval" },
    { field: "n", title: "Seeds" },
  ];
  return {
    ...FULL_WIDTH,
    description: `Mean ${scale.noun} by share of zero weights`,
    height: HEIGHT,
    params: [CHOSEN],
    datasets: {
      baseline: points.filter(({ group }) => group === BASELINE_GROUP),
      points,
      beyond,
    },
    layer: [
      {
        data: { name: "baseline" },
        mark: { type: "rule", strokeDash: [4, 4], style: "reference", clip: true },
        encoding: { y: { ...y, field: "mean" } },
      },
      {
        data: { name: "points" },
        transform: [{ filter: "isValid(datum.low)" }],
        mark: { type: "rule", strokeWidth: 2, clip: true },
        encoding: {
          x,
          y: { ...y, field: "low" },
          y2: { field: "high" },
          color,
          opacity: unlessOther(0.6, 0.15),
          tooltip,
        },
      },
      {
        data: { name: "points" },
        mark: { type: "point", filled: true, size: 80, clip: true },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          color,
          opacity: unlessOther(1, 0.3),
          tooltip,
        },
      },
      {
        data: { name: "beyond" },
        mark: { type: "text", align: "right", dx: 10, dy: context.largerIsBetter ? -8 : 8 },
        encoding: {
          x,
          y: { ...y, datum: context.largerIsBetter ? low : high },
          text: { field: "text" },
          opacity: unlessOther(1, 0.3),
        },
      },
      ring("points", { x, y: { ...y, field: "mean" } }),
    ],
  };
}
