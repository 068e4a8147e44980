import type { MetricScale } from "./metric_scale.ts";

/** Significant digits that say enough. */
const DIGITS = 3;

/** A difference and the ends of its interval, if it has one. */
interface Difference {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * Decimals of a difference and of its interval, wherever it is written: three significant digits of the
 * difference, and no more decimals than the metric has.
 *
 * There is one more where a number would look like 0: a verdict depends on which side of 0 it is.
 */
export function differenceDecimals(
  { mean, low, high }: Difference,
  { factor, decimals }: Pick<MetricScale, "factor" | "decimals">,
): number {
  const looksLikeZero = (value: number, digits: number) => Number(value.toFixed(digits)) === 0;
  // What is 0 but for rounding may look like 0.
  const seen = [mean, low ?? mean, high ?? mean].map((value) => value * factor)
    .filter((value) => !looksLikeZero(value, decimals + 1));
  let digits = significantDecimals(mean * factor, decimals);
  while (seen.some((value) => looksLikeZero(value, digits))) digits++;
  return digits;
}

/** Decimals that show a value with three significant digits, but not more than `most`. */
export function significantDecimals(value: number, most: number): number {
  const size = Math.abs(value);
  if (!(0 < size && size < Infinity)) return most;
  return Math.min(Math.max(0, DIGITS - 1 - Math.floor(Math.log10(size))), most);
}
