/** C's `%.{digits}f`. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const text = scaledAndRounded(Math.abs(value), digits).toString().padStart(digits + 1, "0");
  return `${sign(value)}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** C's `%.{digits}e`. */
export function formatExponent(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const magnitude = Math.abs(value);
  let exponent = Number(magnitude.toExponential().split("e")[1]);
  let text = scaledAndRounded(magnitude, digits - exponent).toString().padStart(digits + 1, "0");
  if (text.length > digits + 1) {
    exponent++;
    text = text.slice(0, -1);
  }
  const exponentText = Math.abs(exponent).toString().padStart(2, "0");
  return `${sign(value)}${text[0]}.${text.slice(1)}e${exponent < 0 ? "-" : "+"}${exponentText}`;
}

/**
 * value·10^power, to the nearest integer, with ties to even, as C rounds.
 *
 * `toFixed` and `toExponential` round ties up: they give 0.063 for 0.0625 with three decimals.
 */
function scaledAndRounded(value: number, power: number): bigint {
  let [numerator, denominator] = fraction(value);
  if (power > 0) numerator *= 10n ** BigInt(power);
  else denominator *= 10n ** BigInt(-power);
  const quotient = numerator / denominator;
  const twiceRest = 2n * (numerator - quotient * denominator);
  const isUp = twiceRest > denominator || (twiceRest === denominator && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

/** A double as an exact fraction. */
function fraction(value: number): [numerator: bigint, denominator: bigint] {
  let denominator = 1n;
  while (!Number.isInteger(value)) {
    value *= 2;
    denominator *= 2n;
  }
  return [BigInt(value), denominator];
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

/** NaN and infinities as Python prints them, without the sign of a NaN. */
function formatNonFinite(value: number): string {
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
