import type { ChartContext } from "../charts/chart_context.ts";
import { sparsityChart } from "../charts/sparsity_chart.ts";
import type { Figure } from "../figure.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { bestOf, omission } from "./_shown_cells.ts";

/** A smaller share of weights at 0 than this is chance. */
const LEAST_SPARSITY = 0.005;

/** What weights at 0 cost; nothing where all cells have their weights. */
export function sparsityFigure(
  cells: readonly ReportCell[],
  _input: ReportInput,
  context: ChartContext,
): Figure | undefined {
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
      "Cells in which some weights are 0, with 95% intervals, and the baseline, whose mean is the " +
      "dashed line.",
      ...omission(shown, sparse),
    ].join(" "),
    charts: [{ id: "sparsity", title: heading, spec: sparsityChart(shown, context) }],
  };
}
