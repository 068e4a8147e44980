import { columnOf, type Metric, partsOf } from "../measures/metrics.ts";

/** How the report writes and draws a metric. */
export interface MetricScale {
  /** In the middle of a sentence; and with the unit of its values. */
  readonly noun: string;
  readonly nounAndUnit: string;
  /** What values are multiplied by to be shown: 100 makes percent of an accuracy. */
  readonly factor: number;
  /** What no value is beyond, though its interval may be. */
  readonly bounds: readonly [number, number];
  /** The same of differences. */
  readonly differenceBounds: readonly [number, number];
  /** Digits after the point that suffice where many values stand together. */
  readonly decimals: number;
  /** What follows a value. */
  readonly unit: string;
  /** What follows a difference of two values. */
  readonly differenceUnit: string;
  /** Both say so where lower is better. */
  readonly axisTitle: string;
  readonly differenceTitle: string;
  /** What follows the noun where lower is better, which goes without saying of shares. */
  readonly direction: string;
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

/** True if `possiblePart()` cuts the interval off. */
export function isCutOff(
  interval: { readonly ciLow?: number; readonly ciHigh?: number },
  scale: MetricScale,
): boolean {
  const { ciLow, ciHigh } = possiblePart(interval, scale);
  return ciLow !== interval.ciLow || ciHigh !== interval.ciHigh;
}

/** The column of curves.csv that shows a metric: of the best value so far, the value itself. */
export function curveColumnOf(metric: Metric): string {
  const { part, measure } = partsOf(metric);
  return columnOf(part, measure);
}

/** Shares are shown in percent and compared in percentage points, other measures as they are. */
export function metricScale(metric: Metric): MetricScale {
  const { measure, part, isBest } = partsOf(metric);
  const { label, decimals, isPercent, better, bounds: [least, most] } = measure;
  const noun = `${isBest ? "best " : ""}${part} ${label}`;
  const title = noun[0].toUpperCase() + noun.slice(1);
  const factor = isPercent ? 100 : 1;
  const unit = isPercent ? "%" : "";
  const withUnit = (text: string) => isPercent ? `${text} (%)` : text;
  const direction = better === "smaller" ? " (lower is better)" : "";
  return {
    noun,
    nounAndUnit: withUnit(noun),
    factor,
    bounds: [least * factor, most * factor],
    differenceBounds: [(least - most) * factor, (most - least) * factor],
    decimals,
    unit,
    differenceUnit: isPercent ? "\u00a0points" : "",
    axisTitle: withUnit(title) + direction,
    differenceTitle: (isPercent ? "Difference (percentage points)" : "Difference") + direction,
    direction,
  };
}
