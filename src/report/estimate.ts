import { formatFixed, formatSigned } from "../format_number.ts";
import { differenceDecimals } from "../wording/difference_decimals.ts";
import type { MetricScale } from "../wording/metric_scale.ts";

/** A mean with an interval, in the units shown: percent, or points for differences. */
export interface Estimate {
  /** Seeds that it is computed from. */
  readonly n: number;
  readonly mean: number;
  /** Absent for a single value, which has no interval. */
  readonly low?: number;
  readonly high?: number;
}

/** Converts numbers of the CSV files to the units shown; undefined if there is no mean. */
export function toEstimate(
  factor: number,
  { n, mean, low, high }: { n: number; mean?: number; low?: number; high?: number },
): Estimate | undefined {
  if (mean === undefined) return undefined;
  const interval = low === undefined || high === undefined
    ? {}
    : { low: toShown(low * factor), high: toShown(high * factor) };
  return { n, mean: toShown(mean * factor), ...interval };
}

/** Drops digits that no chart shows, so that the page stays small. */
export function toShown(value: number): number {
  return Number(value.toPrecision(7));
}

/** The values that an axis must reach to show it whole. */
export function endsOf(estimate: Estimate | undefined): number[] {
  if (!estimate) return [];
  return [estimate.mean, estimate.low, estimate.high].filter((end) => end !== undefined);
}

/**
 * `97.12 to 97.66`; a dash without an interval. It has one more digit where an end would look like 0:
 * a verdict depends on which side of 0 it is.
 */
export function intervalText(
  { low, high }: Pick<Estimate, "low" | "high">,
  { decimals }: Pick<MetricScale, "decimals">,
): string {
  if (low === undefined || high === undefined) return "–";
  const looksLikeZero = (digits: number) => (end: number) =>
    end !== 0 && Number(end.toFixed(digits)) === 0;
  const ends = [low, high];
  const blurred = ends.filter(looksLikeZero(decimals));
  const isClearer = blurred.length > 0 && !blurred.some(looksLikeZero(decimals + 1));
  return ends.map((end) => formatFixed(end, decimals + Number(isClearer))).join(" to ");
}

/** A difference and its interval, each as text: `+0.84` and `0.31 to 1.37`, or a dash. */
export function differenceTexts(
  { mean, low, high }: Omit<Estimate, "n">,
  { decimals }: Pick<MetricScale, "decimals">,
): { readonly difference: string; readonly interval: string } {
  const digits = differenceDecimals({ mean, low, high }, { factor: 1, decimals });
  return {
    difference: formatSigned(mean, digits),
    interval: intervalText({ low, high }, { decimals: digits }),
  };
}
