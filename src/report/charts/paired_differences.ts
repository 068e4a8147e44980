import type { TopLevelSpec } from "vega-lite";
import { toShown } from "../estimate.ts";
import { countOf, formatSigned } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import { estimateChart } from "./_estimate_chart.ts";
import type { ChartContext } from "./chart_context.ts";

/**
 * Each cell's mean difference to the baseline, paired by seed, with its 95% interval, in the order
 * given; behind it the band of differences that are of no practical interest.
 *
 * @param cells Those that are compared.
 * @param context With half the band's width as `equivalence`, in the metric's own units.
 */
export function pairedDifferences(
  cells: readonly ReportCell[],
  context: ChartContext & { readonly equivalence: number },
): TopLevelSpec {
  const { metric, groups, equivalence } = context;
  const scale = metricScale(metric);
  const band = toShown(equivalence * scale.factor);
  const rows = cells.map((cell) => ({
    cell,
    estimate: cell.difference,
    values: [-band, 0, band],
    label: cell.comparison?.verdict,
  }));
  return estimateChart(rows, {
    ...context,
    scale,
    description: `${
      countOf(cells.length, "cell")
    }: mean difference in ${scale.noun} to the baseline, paired by seed, with its 95% interval and the verdict`,
    title: scale.differenceTitle,
    meanTitle: `Mean ${scale.differenceTitle.toLowerCase()}`,
    countTitle: "Pairs",
    tickExpression: "datum.value > 0 ? '+' + datum.label : datum.label",
    named: groups.slice(1),
    write: (mean) => formatSigned(mean, scale.decimals) + scale.differenceUnit,
    background: ({ x }) => ({
      datasets: { band: [{ low: -band, high: band }], zero: [{ at: 0 }] },
      before: [
        {
          data: { name: "band" },
          mark: { type: "rect", style: "band" },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
        },
        {
          data: { name: "zero" },
          mark: { type: "rule", style: "reference" },
          encoding: { x: { ...x, field: "at" } },
        },
      ],
    }),
  });
}
