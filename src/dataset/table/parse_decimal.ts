const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const LARGE_E = 0x45;
const SMALL_E = 0x65;

/**
 * Integers of up to this many digits and powers of ten up to this exponent are exact in a double.
 */
export const EXACT_DIGITS = 15;
export const POWERS_OF_TEN = Float64Array.from(
  { length: EXACT_DIGITS + 1 },
  (_, power) => Number(`1e${power}`),
);

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Parses `bytes[start, end)` as a decimal number, correctly rounded; NaN if it is not one.
 *
 * A number that is too large becomes infinite. Hexadecimal, words and separators are not accepted.
 * Source: Clinger, How to Read Floating Point Numbers Accurately (1990), for short numbers:
 * dividing two exact doubles rounds only once.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const sign = bytes[at];
  if (at < end && (sign === MINUS || sign === PLUS)) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const digit = bytes[at] - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (bytes[at] === POINT && decimals < 0) {
      decimals = 0;
    } else {
      const isExponent = bytes[at] === SMALL_E || bytes[at] === LARGE_E;
      return isExponent ? decimalOf(textOf(bytes, start, end)) : NaN;
    }
  }
  if (digits === 0) return NaN;
  // There is nothing but digits, a sign and a point: Number() takes no more than those for numbers.
  if (digits > EXACT_DIGITS) return Number(textOf(bytes, start, end));
  const value = decimals > 0 ? mantissa / POWERS_OF_TEN[decimals] : mantissa;
  return sign === MINUS ? -value : value;
}

/** Like `parseDecimal()`, but for a string. */
export function decimalOf(text: string): number {
  return DECIMAL.test(text) ? Number(text) : NaN;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return TEXT.decode(bytes.subarray(start, end));
}
