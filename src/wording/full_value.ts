import type { NumberFormat } from "../measures/measure.ts";

/** Significant digits of values of any size, and how many of them can be decimals. */
const DIGITS = 6;
const MOST_DECIMALS = 10;

/** One run's value of a measure with all digits that say something, without its unit. */
export function fullValue(
  value: number,
  { fullDecimals, hasAnySize }: Pick<NumberFormat, "fullDecimals" | "hasAnySize">,
): string {
  const size = Math.abs(value);
  if (!hasAnySize || !(size > 0 && size < Infinity)) return value.toFixed(fullDecimals);
  const decimals = DIGITS - 1 - Math.floor(Math.log10(size));
  return 0 <= decimals && decimals <= MOST_DECIMALS
    ? value.toFixed(decimals)
    : value.toExponential(DIGITS - 1);
}
