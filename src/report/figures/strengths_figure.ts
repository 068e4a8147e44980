import type { ChartContext } from "../charts/chart_context.ts";
import { strengthCurve } from "../charts/strength_curve.ts";
import { endsOf } from "../estimate.ts";
import type { Figure } from "../figure.ts";
import { focusDomain } from "../focus_domain.ts";
import { formatCount } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { strengthPanels } from "../strength_panels.ts";
import { hasIntervals, WITH_BANDS } from "./_shown_cells.ts";

/** Bands of more lines would hide one another. */
const MOST_BANDS = 3;

/** The metric over each swept number; nothing where cells differ in several at once. */
export function strengthsFigure(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): Figure | undefined {
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
      `Mean ${noun}${bands}. Along a line, nothing but the value on the axis changes. The dashed`,
      "line is the baseline’s mean.",
      ...(most > kept ? [`Of up to ${formatCount(most)} lines, the ${kept} best are drawn.`] : []),
    ].join(" "),
    charts: panels.map((panel) => ({
      id: `strength-${panel.key.key.replaceAll("_", "-")}`,
      title: panel.key.label,
      spec: strengthCurve(panel, { domain, baseline, hasBands }, context),
    })),
  };
}
