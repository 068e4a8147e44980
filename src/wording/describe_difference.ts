import { countOf, decimalsOf, formatFixed, formatSigned } from "../format_number.ts";
import { DEFAULT_METRIC, type Metric } from "../measures/metrics.ts";
import type { Comparison } from "../results/comparison.ts";
import { type MetricScale, metricScale, possiblePart } from "./metric_scale.ts";

/** A mean and its 95% interval, as the CSV files have them. */
interface Estimate {
  readonly mean: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

/**
 * A comparison's difference in words: `+0.8 points (95% interval 0.3 to 1.3, 10 seeds)`.
 *
 * The interval's width decides how many digits are shown.
 */
export function describeDifference(
  { n, meanDifference, ciLow, ciHigh }: Comparison,
  metric: Metric,
): string {
  if (meanDifference === undefined) return "no seed completed in both cells";
  const scale = metricScale(metric);
  const estimate = { mean: meanDifference, ciLow, ciHigh };
  const gap = formatSigned(meanDifference * scale.factor, digitsOf(estimate, scale)) +
    unitOf(scale, metric);
  const interval = intervalWords(estimate, scale);
  if (interval !== undefined) return `${gap} (${interval}, ${countOf(n, "seed")})`;
  if (n === 1) return `${gap} on a single seed (no interval is possible)`;
  return meanDifference === 0
    ? `no difference on any of ${countOf(n, "seed")}`
    : `${gap} on each of ${countOf(n, "seed")}`;
}

/** A mean in words: `97.4% (95% interval 97.1 to 97.7)`. */
export function describeMean(given: Estimate, metric: Metric): string {
  const scale = metricScale(metric);
  const estimate = possiblePart(given, scale);
  const mean = formatFixed(estimate.mean * scale.factor, digitsOf(estimate, scale)) + scale.unit;
  const interval = isConstant(estimate) ? "the same on every seed" : intervalWords(estimate, scale);
  return interval ? `${mean} (${interval})` : mean;
}

/** A size of differences, to so many significant digits: `0.5 points`. */
export function describeSize(size: number, metric: Metric, digits = 6): string {
  const { factor, differenceUnit } = metricScale(metric);
  return `${Number((size * factor).toPrecision(digits))}${differenceUnit}`;
}

/** An interval of no width: all values are equal, so they do not show how values vary. */
function isConstant({ ciLow, ciHigh }: Estimate): boolean {
  return ciLow !== undefined && ciLow === ciHigh;
}

function intervalWords(estimate: Estimate, scale: MetricScale): string | undefined {
  const { ciLow, ciHigh } = estimate;
  if (ciLow === undefined || ciHigh === undefined) return undefined;
  const digits = digitsOf(estimate, scale);
  const [low, high] = [ciLow, ciHigh].map((end) => formatFixed(end * scale.factor, digits));
  return `95% interval ${low} to ${high}`;
}

/** Points of validation accuracy need no name; a loss has no unit, only a name. */
function unitOf({ noun, differenceUnit }: MetricScale, metric: Metric): string {
  if (metric === DEFAULT_METRIC) return differenceUnit;
  return differenceUnit === "" ? ` in ${noun}` : `${differenceUnit} of ${noun}`;
}

/**
 * Decimals that suit an interval's width, with more where a nonzero number would look like 0: at
 * least one, and at most one more than tables have.
 */
function digitsOf({ mean, ciLow, ciHigh }: Estimate, { factor, decimals }: MetricScale): number {
  if (ciLow === undefined || ciHigh === undefined || ciLow === ciHigh) return decimals;
  const looksLikeZero = (value: number) =>
    value !== 0 && Number((value * factor).toFixed(digits)) === 0;
  let digits = Math.max(1, Math.min(decimalsOf((ciHigh - ciLow) / 2 * factor), decimals + 1));
  while (digits <= decimals && [mean, ciLow, ciHigh].some(looksLikeZero)) digits++;
  return digits;
}
