/** Values spaced evenly between two ends, or evenly in their logarithms. */
export interface Range {
  readonly spacing: "linear" | "log";
  /** Both are among the values, exactly as given; positive where the spacing is `log`. */
  readonly from: number;
  readonly to: number;
  /** How many values to make, at least 2. */
  readonly count: number;
}

/** Significant bits of a value's place between the ends: beyond, factors are 1 in float64. */
const PLACE_BITS = 64;
const SIGNIFICANT_DIGITS = 12;
/** Powers of ten that float64 has exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Closer to a half than this, the rounding of the product could matter. */
const DOUBT = 1e-3;

/**
 * The values of a range, from one end to the other, without repetitions.
 *
 * Values between the ends are rounded to 12 significant digits, so that 1e-5 to 1e-1 in five values
 * is 1e-5, 1e-4, 1e-3, 1e-2, 1e-1; `integer` rounds them to integers. If rounding makes values equal,
 * there are fewer than `count`. Uses only + − × ÷ √, which give the same result on every machine.
 */
export function rangeValues(range: Range, { integer = false } = {}): number[] {
  const { spacing, from, to, count } = range;
  const at = interpolation(spacing, from, to);
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const values = [from];
  for (let index = 1; index < count - 1; index++) {
    const exact = at(index, count - 1);
    const rounded = integer ? Math.round(exact) : roundToDigits(exact, SIGNIFICANT_DIGITS);
    const value = Math.min(Math.max(rounded, low), high);
    if (value !== values[values.length - 1]) values.push(value);
  }
  if (to !== values[values.length - 1]) values.push(to);
  return values;
}

/** Gives the value at the place `numerator / denominator` of the way, which is in [0, 1). */
export type Interpolation = (numerator: number, denominator: number) => number;

/**
 * Interpolates between two values, evenly or evenly in the logarithm, with only + − × ÷ √.
 *
 * Rounding may put values next to an end slightly beyond it.
 */
export function interpolation(spacing: Range["spacing"], from: number, to: number): Interpolation {
  return spacing === "log" ? logInterpolation(from, to) : linearInterpolation(from, to);
}

function linearInterpolation(from: number, to: number): Interpolation {
  return (numerator, denominator) => {
    const place = numerator / denominator;
    return from * (1 - place) + to * place;
  };
}

/**
 * from·(to / from)^place without a power function.
 *
 * With place = Σ bit_k · 2^−k, the power is the product of the 2^k-th roots where bit_k is 1. Roots
 * come from repeated √, bits from long division.
 */
function logInterpolation(from: number, to: number): Interpolation {
  // The quotient of the ends may be too large for a float64; that of their roots is not.
  const divisors = repeatedRoots(from);
  const factors = repeatedRoots(to).map((root, k) => root / divisors[k]);
  return (numerator, denominator) => {
    let value = from;
    let remainder = numerator;
    for (let k = 0; k < PLACE_BITS && remainder > 0; k++) {
      remainder *= 2;
      if (remainder < denominator) continue;
      remainder -= denominator;
      value *= factors[k];
    }
    return value;
  };
}

/** The square root of a value, the root of that, and so on. */
function repeatedRoots(value: number): number[] {
  const roots = [Math.sqrt(value)];
  while (roots.length < PLACE_BITS) roots.push(Math.sqrt(roots[roots.length - 1]));
  return roots;
}

/**
 * Rounds to significant decimal digits: `Number(value.toPrecision(digits))`, many times as fast for
 * the usual positive values.
 *
 * @param digits At most 12.
 */
export function roundToDigits(value: number, digits: number): number {
  // How far to move the decimal point so that all of the digits are before it.
  let places = digits - 1;
  const power = POWERS[digits];
  while (value * POWERS[places] < power / 10 && places < POWERS.length - 1) places++;
  while (value * POWERS[places] >= power && places > 0) places--;
  const scaled = value * POWERS[places];
  const rounded = Math.round(scaled);
  const isSafe = scaled >= power / 10 && scaled < power - 1 &&
    Math.abs(Math.abs(scaled - rounded) - 0.5) > DOUBT;
  // A quotient of exact numbers is the float64 that is nearest to the decimal.
  return isSafe ? rounded / POWERS[places] : Number(value.toPrecision(digits));
}
