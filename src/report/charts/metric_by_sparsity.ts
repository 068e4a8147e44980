import type { TopLevelSpec } from "vega-lite";
import { formatFixed } from "../../format_number.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { endsOf, type Estimate, intervalText, toShown } from "../estimate.ts";
import { BASELINE_GROUP, type ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, ring, unlessOther } from "./_chosen.ts";
import { ARROWHEADS_SENTENCE, hasCuts } from "./_estimate_chart.ts";
import { baselineSentence, focusDomain } from "./_focus_domain.ts";
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
  const { noun } = context.scale;
  const spec = sparsitySpec(shown, context);
  const baseline = shown.find(({ isBaseline }) => isBaseline)?.metric;
  const heading = `${noun[0].toUpperCase()}${noun.slice(1)} against sparsity`;
  return {
    id: "zero-weights",
    heading,
    caption: [
      "Cells in which some weights are zero, with 95% intervals, and the baseline.",
      ...(baseline ? [baselineSentence(baseline.mean, domainOf(shown, context))] : []),
      ...(hasCuts(spec) ? [ARROWHEADS_SENTENCE] : []),
      ...hasMeansBeyond(spec) ? ["A number with an arrow is a mean beyond the axis."] : [],
      ...omission(shown, sparse),
    ].join(" "),
    charts: [{ id: "sparsity", title: heading, spec }],
  };
}

/** True if some mean is written at an end of the axis. */
function hasMeansBeyond(spec: TopLevelSpec): boolean {
  const { datasets } = spec as { datasets?: { beyond?: readonly object[] } };
  return (datasets?.beyond ?? []).length > 0;
}

interface Point extends Estimate {
  readonly name: string;
  readonly group: string;
  readonly sparsity: number;
}

/** Where a point's interval goes on beyond the axis, or beyond what the metric can be. */
function cutsOf(
  { name, group, sparsity, low, high }: Point,
  [least, most]: readonly [number, number],
  { bounds }: MetricScale,
) {
  if (low === undefined || high === undefined || low === high) return [];
  const point = { name, group, sparsity };
  return [
    ...(low < least || low === bounds[0] ? [{ ...point, at: least, angle: 180 }] : []),
    ...(high > most || high === bounds[1] ? [{ ...point, at: most, angle: 0 }] : []),
  ];
}

function domainOf(cells: readonly ReportCell[], { scale }: ChartContext): [number, number] {
  const baseline = cells.find(({ isBaseline }) => isBaseline)?.metric;
  return focusDomain(
    cells.map(({ metric }) => endsOf(metric)),
    scale.bounds,
    baseline ? [baseline.mean] : [],
  );
}

/**
 * The metric's mean and 95% interval over the share of zero weights.
 *
 * @param cells Best first.
 */
function sparsitySpec(cells: readonly ReportCell[], context: ChartContext): TopLevelSpec {
  const { scale } = context;
  const domain = domainOf(cells, context);
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
  const cuts = points.filter(({ mean }) => low <= mean && mean <= high)
    .flatMap((point) => cutsOf(point, domain, scale));
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
    { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format },
    { field: "interval", title: "95% interval" },
    { field: "n", title: replicatesHeading(context.analysis.question) },
  ];
  return {
    ...FULL_WIDTH,
    description: `Mean ${scale.noun} by share of zero weights`,
    height: HEIGHT,
    params: [...CELL_PARAMS],
    datasets: {
      baseline: points.filter(({ group }) => group === BASELINE_GROUP),
      points,
      beyond,
      cuts,
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
        data: { name: "cuts" },
        mark: { type: "point", shape: "triangle-up", filled: true, size: 55 },
        encoding: {
          x,
          y: { ...y, field: "at" },
          color,
          angle: { field: "angle", type: "quantitative", scale: null },
          opacity: unlessOther(1, 0.3),
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
