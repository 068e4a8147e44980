import type { Metric } from "../../measures/metrics.ts";

/** What a chart needs to know of the experiment. */
export interface ChartContext {
  readonly metric: Metric;
  readonly largerIsBetter: boolean;
  /** In the order of the palette; the first is the baseline's. */
  readonly groups: readonly string[];
}
