import type { Metric } from "../experiment/experiment.ts";

/** How the report writes and draws a metric. */
export interface MetricScale {
  /** In the middle of a sentence; and with the unit of its values. */
  readonly noun: string;
  readonly nounAndUnit: string;
  /** What values are multiplied by to be shown: 100 makes percent of an accuracy. */
  readonly factor: number;
  /** What no value is beyond, though its interval may be. */
  readonly bounds: readonly [number, number];
  /** Digits after the point that suffice where many values stand together. */
  readonly decimals: number;
  /** What follows a value. */
  readonly unit: string;
  /** What follows a difference of two values. */
  readonly differenceUnit: string;
  readonly axisTitle: string;
  readonly differenceTitle: string;
}

/** A mean's interval as it is shown: without what no value of the metric can be. */
export function possiblePart<
  Interval extends { readonly ciLow?: number; readonly ciHigh?: number },
>(
  interval: Interval,
  { factor, bounds }: MetricScale,
): Interval {
  const { ciLow, ciHigh } = interval;
  if (ciLow === undefined || ciHigh === undefined) return interval;
  const [least, most] = bounds;
  return {
    ...interval,
    ciLow: Math.max(ciLow, least / factor),
    ciHigh: Math.min(ciHigh, most / factor),
  };
}

/** What curves.csv has of a metric; the best accuracy so far is shown by the accuracy itself. */
export function curveFigureOf(metric: Metric): Exclude<Metric, "best_validation_accuracy"> {
  return metric === "best_validation_accuracy" ? "validation_accuracy" : metric;
}

/** Accuracies are shown in percent and compared in percentage points, losses as they are. */
export function metricScale(metric: Metric): MetricScale {
  const noun = metric.replaceAll("_", " ");
  const title = noun[0].toUpperCase() + noun.slice(1);
  if (metric.endsWith("_loss")) {
    return {
      noun,
      nounAndUnit: noun,
      factor: 1,
      bounds: [0, Infinity],
      decimals: 4,
      unit: "",
      differenceUnit: "",
      axisTitle: title,
      differenceTitle: "Difference",
    };
  }
  return {
    noun,
    nounAndUnit: `${noun} (%)`,
    factor: 100,
    bounds: [0, 100],
    decimals: 2,
    unit: "%",
    differenceUnit: "\u00a0points",
    axisTitle: `${title} (%)`,
    differenceTitle: "Difference (percentage points)",
  };
}
