import type { MetricScale } from "../../wording/metric_scale.ts";

/** What a chart shows of the cell under the pointer; its rows have these fields. */
export function cellTooltip(scale: MetricScale) {
  return [
    { field: "name", title: "Cell" },
    { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format },
    { field: "interval", title: "95% interval" },
    { field: "gap", title: "Difference from the baseline" },
    { field: "n", title: "Seeds" },
  ];
}
