import type { MetricScale } from "../../wording/metric_scale.ts";
import { differenceTexts } from "../estimate.ts";
import type { EstimateChart, Frame } from "./_estimate_chart.ts";
import type { Layers } from "./_layout.ts";

/** The options of `estimateChart()` for differences from the baseline. */
export function differenceAxis(scale: MetricScale) {
  return {
    title: scale.differenceTitle,
    bounds: scale.differenceBounds,
    meanTitle: `Mean ${scale.differenceTitle.toLowerCase()}`,
    tickExpression: "datum.value > 0 ? '+' + datum.label : datum.label",
    write: (mean: number) => differenceTexts({ mean }, scale).difference + scale.differenceUnit,
  } satisfies Partial<EstimateChart>;
}

/**
 * Behind the rows: the band of differences that count as negligible, and a line at no difference.
 *
 * @param band Half the band's width, in the units shown; 0 without one.
 */
export function bandAndZero(x: Frame["x"], band: number) {
  const before: Layers = [
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
  ];
  return {
    datasets: { band: band > 0 ? [{ low: -band, high: band }] : [], zero: [{ at: 0 }] },
    before,
  };
}
