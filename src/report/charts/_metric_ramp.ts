import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import { PALE_STEPS, RAMP_STEPS } from "../theme.ts";
import { focusDomain } from "./_focus_domain.ts";
import { ROOM } from "./_layout.ts";
import type { ChartContext } from "./chart.ts";

/** Colours of the metric's means in steps; a stronger contrast to the paper means better. */
export function metricRamp(cells: readonly ReportCell[], context: ChartContext) {
  const { axisTitle, bounds } = metricScale(context.metric);
  const { largerIsBetter } = context;
  const means = cells.flatMap(({ metric }) => metric ? [[metric.mean]] : []);
  const domain = focusDomain(means, bounds);
  const [low, high] = domain;
  return {
    domain,
    /** True if text on a mean's colour needs the paper's colour to be readable. */
    isDeep: (mean: number) => {
      const share = (mean - low) / (high - low);
      return (largerIsBetter ? share : 1 - share) * RAMP_STEPS >= PALE_STEPS;
    },
    color: {
      field: "mean",
      type: "quantitative",
      title: axisTitle,
      scale: { type: "quantize", domain, range: "ramp", reverse: !largerIsBetter },
      legend: {
        type: "gradient",
        direction: "horizontal",
        gradientLength: { expr: `min(320, ${ROOM} - 90)` },
        gradientThickness: 12,
        labelOverlap: "greedy",
        labelSeparation: 8,
      },
    },
  } as const;
}
