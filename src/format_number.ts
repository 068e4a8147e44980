/** From this size on, numbers are written with a power of ten: nobody counts so many digits. */
const LARGE = 1e12;
/** Decimals of such numbers. */
const POWER_DECIMALS = 3;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Fixed decimals with a true minus sign, thousands set apart; a value that rounds to 0 has no sign,
 * and a very large one has a power of ten.
 */
export function formatFixed(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (LARGE <= size && size < Infinity) return formatPower(value, POWER_DECIMALS);
  const text = size.toFixed(decimals);
  const grouped = text.replace(/^\d{4,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
  return value < 0 && Number(text) !== 0 ? `−${grouped}` : grouped;
}

/** A number other than 0 with a power of ten: `1.238 × 10⁶⁹`. */
export function formatPower(value: number, decimals: number, times = "\u00a0×\u00a0"): string {
  const [digits, exponent] = Math.abs(value).toExponential(decimals).split("e");
  return `${value < 0 ? "−" : ""}${digits}${times}${powerOfTen(Number(exponent))}`;
}

/** `10⁻⁹`. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return `10${exponent < 0 ? "⁻" : ""}${digits.join("")}`;
}

/** Like `formatFixed()`, but positive values have a plus sign. */
export function formatSigned(value: number, decimals: number): string {
  const text = formatFixed(value, decimals);
  return value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text;
}

/**
 * The decimals that show an interval's half width with one significant digit, or with two if the
 * first is 1. More digits would be noise.
 */
export function decimalsOf(halfWidth: number, most: number): number {
  let decimals = 0;
  for (let scaled = halfWidth; scaled < 2 && decimals < most; scaled *= 10) decimals++;
  return halfWidth > 0 ? decimals : most;
}

/** Separates thousands: 10000 becomes `10,000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 run`, `1,000 runs`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `4.2 s`, `41 s`, `2 min 5 s`, `3 h 20 min`; nothing behind a whole number of them. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return inUnits(whole, "min", "s");
  return inUnits(Math.round(whole / 60), "h", "min");
}

/** A number of small units, 60 of which make a large one; no small ones if there are none. */
function inUnits(count: number, large: string, small: string): string {
  const rest = count % 60;
  return `${Math.floor(count / 60)} ${large}` + (rest === 0 ? "" : ` ${rest} ${small}`);
}
