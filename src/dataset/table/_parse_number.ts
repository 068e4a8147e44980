import type { NumberFormat } from "./dialect.ts";
import { decimalOf, parseDecimal } from "./parse_decimal.ts";

const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const PERCENT = 0x25;

/** In bytes. Longer cells are parsed as plain numbers only. */
const LONGEST_FORMATTED = 400;
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
/** Spaces between groups of digits: the usual one, the no-break one and the narrow one. */
const SPACES = "[ \\u00a0\\u202f]";
const GROUPED = {
  ".": grouped("[.]"),
  ",": grouped("[,]"),
  "'": grouped("['\\u2019]"),
  " ": grouped(SPACES),
};
const PERCENT_SIGN = new RegExp(`${SPACES}?%$`);

/**
 * Parses `bytes[start, end)` as a number in a table's own format, correctly rounded; NaN if it is
 * not one.
 *
 * `86.5%` is 86.5: the number before the sign. Thousands separators must stand between groups of
 * three digits.
 */
export function parseNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  format: NumberFormat,
): number {
  const first = bytes[start];
  const canBegin = first - ZERO <= 9 && first >= ZERO || first === PLUS || first === MINUS ||
    first === POINT || first === COMMA;
  // Most cells that come here are words.
  if (start >= end || !canBegin) return NaN;
  if (format.decimal === "." && bytes[end - 1] !== PERCENT) {
    const value = parseDecimal(bytes, start, end);
    if (!Number.isNaN(value)) return value;
  }
  if (end - start > LONGEST_FORMATTED) return NaN;
  return numberOf(TEXT.decode(bytes.subarray(start, end)), format);
}

/** `parseNumber()` of a text. */
export function numberOf(text: string, { decimal, thousands }: NumberFormat): number {
  let plain = text.replace(PERCENT_SIGN, "");
  const whole = plain.match(GROUPED[thousands])?.[0];
  if (whole !== undefined) plain = whole.replaceAll(/[^+\-\d]/g, "") + plain.slice(whole.length);
  if (decimal === ",") {
    if (plain.includes(".")) return NaN;
    plain = plain.replace(",", ".");
  }
  return decimalOf(plain);
}

/** A pattern of a whole part in groups of three digits, at the start of a text. */
function grouped(separator: string): RegExp {
  return new RegExp(`^[+-]?[1-9]\\d{0,2}(${separator}\\d{3})+(?!\\d)`);
}
