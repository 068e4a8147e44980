/** Powers of ten that float64 has exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** How far from a half a product has to be for its rounding not to matter. */
const DOUBT = 1e-3;

/**
 * Rounds to significant decimal digits: `Number(value.toPrecision(digits))`, many times as fast for
 * the usual positive values.
 *
 * @param digits At most 12.
 */
export function roundToDigits(value: number, digits: number): number {
  // How many places to move the point so that all of the digits are before it.
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
