import { formatValue } from "../trainers/format_value.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";

/** Numbers beyond these are written with an exponent: nobody counts zeros. */
const [SMALL, LARGE] = [1e-4, 1e6];
/** Digits that fractions keep at least; numbers that people write have no more. */
const LEAST_DIGITS = 3;
/** As many as tell all float64 apart. */
const MOST_DIGITS = 17;

/** A value as readers see it in names and on axes: `0.001`, `1e-5`, `relu`, `[64, 64]`. */
export function shownValue(value: HyperparameterValue): string {
  const size = typeof value === "number" ? Math.abs(value) : 1;
  const isFar = size !== 0 && (size < SMALL || size >= LARGE);
  return isFar ? Number(value).toExponential() : formatValue(value);
}

/**
 * How to write one hyperparameter's values: fractions have so few digits that all stay apart, since
 * names with `0.0107346` and `0.238628`, as samples have them, cannot be read.
 */
export function shownApart(
  values: Iterable<HyperparameterValue>,
): (value: HyperparameterValue) => string {
  const fractions = [...new Set(values)].filter(isFraction);
  let digits = LEAST_DIGITS;
  const countApart = () => new Set(fractions.map((value) => value.toPrecision(digits))).size;
  while (digits < MOST_DIGITS && countApart() < fractions.length) digits++;
  return (value) => shownValue(isFraction(value) ? Number(value.toPrecision(digits)) : value);
}

function isFraction(value: HyperparameterValue): value is number {
  return typeof value === "number" && !Number.isInteger(value);
}
