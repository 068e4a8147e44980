import { DEFAULT_METRIC, type Metric } from "../measures/metrics.ts";
import { countOf, decimalsOf, formatFixed, formatSigned } from "../format_number.ts";
import { type MetricScale, metricScale, possiblePart } from "./metric_scale.ts";
import type { Comparison } from "../results/comparison.ts";

/** A mean and its 95% interval, as the CSV files have them. */
interface Figures {
  readonly mean: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

/**
 * A comparison's difference in words: `+0.8 points, 95% interval 0.3 to 1.3, on 10 seeds`.
 *
 * Digits are as many as the interval's width deserves.
 */
export function describeDifference(
  { n, meanDifference, ciLow, ciHigh }: Comparison,
  metric: Metric,
): string {
  if (meanDifference === undefined) return "no seed completed in both";
  const scale = metricScale(metric);
  const figures = { mean: meanDifference, ciLow, ciHigh };
  const gap = formatSigned(meanDifference * scale.factor, digitsOf(figures, scale)) +
    unitOf(scale, metric);
  const interval = intervalWords(figures, scale) ??
    (n === 1 ? "without an interval" : "the same on each");
  return `${gap}, ${interval}, on ${countOf(n, "seed")}`;
}

/** A mean in words: `97.4% (95% interval 97.1 to 97.7)`. */
export function describeMean(estimate: Figures, metric: Metric): string {
  const scale = metricScale(metric);
  const figures = possiblePart(estimate, scale);
  const mean = formatFixed(figures.mean * scale.factor, digitsOf(figures, scale)) + scale.unit;
  const interval = isConstant(figures) ? "the same on each seed" : intervalWords(figures, scale);
  return interval ? `${mean} (${interval})` : mean;
}

/** A size of differences, to so many significant digits: `0.5 points`. */
export function describeSize(size: number, metric: Metric, digits = 6): string {
  const { factor, differenceUnit } = metricScale(metric);
  return `${Number((size * factor).toPrecision(digits))}${differenceUnit}`;
}

/** An interval without a width: all values are the same, and do not tell how they vary. */
function isConstant({ ciLow, ciHigh }: Figures): boolean {
  return ciLow !== undefined && ciLow === ciHigh;
}

function intervalWords(figures: Figures, scale: MetricScale): string | undefined {
  const { ciLow, ciHigh } = figures;
  if (ciLow === undefined || ciHigh === undefined) return undefined;
  const digits = digitsOf(figures, scale);
  const [low, high] = [ciLow, ciHigh].map((end) => formatFixed(end * scale.factor, digits));
  return `95% interval ${low} to ${high}`;
}

/** The usual metric's points need no name; a loss has no unit to name. */
function unitOf({ noun, differenceUnit }: MetricScale, metric: Metric): string {
  if (metric === DEFAULT_METRIC) return differenceUnit;
  return differenceUnit === "" ? ` in ${noun}` : `${differenceUnit} of ${noun}`;
}

/**
 * Decimals that suit an interval's width, and more where a figure that is not 0 would look like it;
 * one at least, and one more at most than tables have.
 */
function digitsOf({ mean, ciLow, ciHigh }: Figures, { factor, decimals }: MetricScale): number {
  if (ciLow === undefined || ciHigh === undefined || ciLow === ciHigh) return decimals;
  const looksLikeZero = (figure: number) =>
    figure !== 0 && Number((figure * factor).toFixed(digits)) === 0;
  let digits = Math.max(1, Math.min(decimalsOf((ciHigh - ciLow) / 2 * factor), decimals + 1));
  while (digits <= decimals && [mean, ciLow, ciHigh].some(looksLikeZero)) digits++;
  return digits;
}
