import type { Estimate } from "./estimate.ts";
import { countOf, decimalsOf, formatFixed, formatSigned } from "./format_number.ts";
import type { MetricScale } from "./metric_scale.ts";

/**
 * On which side of 0 a difference's interval lies.
 *
 * Unknown where one pair gives none, and where all pairs differ by the same: a few seeds on a few
 * hundred rows may well, and the interval without a width would claim certainty.
 */
export function sideOf(
  { low, high }: Estimate,
  largerIsBetter: boolean,
): "better" | "worse" | "undecided" | "unknown" {
  if (low === undefined || high === undefined || low === high) return "unknown";
  if (low <= 0 && 0 <= high) return "undecided";
  return low > 0 === largerIsBetter ? "better" : "worse";
}

/** `97.4% (95% interval 97.1 to 97.7)`. */
export function meanText(estimate: Estimate, scale: MetricScale, digits: number): string {
  const { mean, low, high } = estimate;
  const text = formatFixed(mean, digits) + scale.unit;
  if (low === undefined || high === undefined) return text;
  return `${text} (95% interval ${formatFixed(low, digits)} to ${formatFixed(high, digits)})`;
}

/** `+0.8 points, 95% interval 0.3 to 1.3, on 10 seeds`. */
export function differenceText(difference: Estimate, scale: MetricScale): string {
  const { mean, low, high, n } = difference;
  const digits = digitsOf(difference, scale);
  const gap = formatSigned(mean, digits) + scale.differenceUnit;
  const seeds = countOf(n, "seed");
  if (low === undefined || high === undefined) {
    return `${gap} on ${seeds}, which gives no interval`;
  }
  if (low === high) return `${gap} on each of ${seeds}, which gives no interval`;
  const ends = `${formatFixed(low, digits)} to ${formatFixed(high, digits)}`;
  return `${gap}, 95% interval ${ends}, on ${seeds}`;
}

/** `±0.5 points`. */
export function bandText(equivalence: number, { factor, differenceUnit }: MetricScale): string {
  return `±${Number((equivalence * factor).toPrecision(6))}${differenceUnit}`;
}

/**
 * Decimals that suit an interval's width, and more where an end that is not 0 would look like it;
 * one more at most than tables have.
 */
export function digitsOf({ low, high }: Estimate, { decimals }: MetricScale): number {
  if (low === undefined || high === undefined || low === high) return decimals;
  const sizes = [low, high].filter((end) => end !== 0).map(Math.abs);
  let digits = decimalsOf((high - low) / 2);
  while (sizes.some((size) => size < 0.5 * 10 ** -digits) && digits <= decimals) digits++;
  return Math.min(digits, decimals + 1);
}
