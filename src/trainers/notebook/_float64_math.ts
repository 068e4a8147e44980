/**
 * exp and log in float64 from + − × ÷ alone, so that they give the same bits on every machine.
 *
 * Both reduce their argument to a nearby entry of a table and add a short series. The tables are
 * computed below in exact integers, and kept as pairs of doubles whose sum has 106 bits.
 */

const FRACTION_BITS = 192n;
const ONE = 1n << FRACTION_BITS;

const LN_2 = 2n * inverseHyperbolicTangent(1n, 3n);

/** ln(i/32) where i/32 is in [√½, √2]: `log` picks the entry nearest to its argument. */
const LOG_STEPS = 32;
const [LOG_HIGH, LOG_LOW] = tableOfPairs(
  46,
  (i) => i < 22 ? 0n : 2n * inverseHyperbolicTangent(BigInt(i - LOG_STEPS), BigInt(i + LOG_STEPS)),
);
const SQRT_2 = Math.sqrt(2);

/** 2^(j/64). */
const EXP_STEPS = 64;
const [EXP_HIGH, EXP_LOW] = tableOfPairs(
  EXP_STEPS,
  (j) => exponential(LN_2 * BigInt(j) / BigInt(EXP_STEPS)),
);

// The high parts end in enough zero bits that their product with any exponent, times EXP_STEPS in
// the second case, is exact.
const [LN_2_HIGH, LN_2_LOW] = splitAt(LN_2, 40n);
const [STEP_HIGH, STEP_LOW] = splitAt(LN_2 / BigInt(EXP_STEPS), 42n);
const STEPS_PER_UNIT = EXP_STEPS / toNumber(LN_2);

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18_014_398_509_481_984;

const float64 = new Float64Array(1);
/** The same bits, low word first: every machine that Deno runs on is little-endian. */
const words = new Uint32Array(float64.buffer);

/**
 * e^x, within 0.51 units of the last place (0.51 of the smallest double where it underflows).
 *
 * Source: Tang, Table-driven implementation of the exponential function (1989).
 */
export function exp(x: number): number {
  if (!(x < 709.79 && x > -745.14)) return x > 0 ? Infinity : x < 0 ? 0 : NaN;
  const n = Math.round(x * STEPS_PER_UNIT);
  const r = (x - n * STEP_HIGH) - n * STEP_LOW;
  const series = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const j = n & (EXP_STEPS - 1);
  const exponent = (n - j) / EXP_STEPS;
  const significand = EXP_HIGH[j] + (EXP_LOW[j] + EXP_HIGH[j] * series);
  if (exponent > -1022 && exponent < 1023) return significand * powerOfTwo(exponent);
  // In two steps, since neither 2^1024 nor 2^-1075 is a double of full precision.
  const half = exponent >> 1;
  return significand * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/**
 * The natural logarithm, within 0.501 units of the last place.
 *
 * Method: x = 2^k·m with m near 1, a = m rounded to 1/32 and s = (m − a)/(m + a);
 * ln x = k·ln 2 + ln a + 2·(s + s³/3 + s⁵/5 + …), the large terms added without error.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? Infinity : NaN;
  const isSubnormal = x < SMALLEST_NORMAL;
  float64[0] = isSubnormal ? x * TWO_54 : x;
  let k = (words[1] >>> 20) - 1023 - (isSubnormal ? 54 : 0);
  words[1] = (words[1] & 0xfffff) | 0x3ff00000;
  let m = float64[0];
  if (m > SQRT_2) {
    m /= 2;
    k++;
  }

  const i = Math.round(m * LOG_STEPS);
  const a = i / LOG_STEPS;
  const difference = m - a;
  const sum = m + a;
  const sumError = twoSumError(m, a, sum);
  const s = difference / sum;
  const sError = (residue(difference, s, sum) - s * sumError) / sum;
  const z = s * s;
  const tail = 2 * s * z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11)))));

  const large = k * LN_2_HIGH;
  const medium = large + LOG_HIGH[i];
  const mediumError = twoSumError(large, LOG_HIGH[i], medium);
  const total = medium + 2 * s;
  const totalError = twoSumError(medium, 2 * s, total);
  return total + (totalError + mediumError + (k * LN_2_LOW + LOG_LOW[i]) + (2 * sError + tail));
}

/** 2^n as a double, for −1022 ≤ n ≤ 1023. */
function powerOfTwo(n: number): number {
  words[0] = 0;
  words[1] = (n + 1023) << 20;
  return float64[0];
}

/** The rounding error of a + b. Source: Knuth, TAOCP 2, 4.2.2, theorem B. */
function twoSumError(a: number, b: number, sum: number): number {
  const rounded = sum - a;
  return (a - (sum - rounded)) + (b - rounded);
}

/** numerator − quotient·divisor, exact. Source: Dekker, A floating-point technique (1971). */
function residue(numerator: number, quotient: number, divisor: number): number {
  const [qHigh, qLow] = halves(quotient);
  const [dHigh, dLow] = halves(divisor);
  const product = quotient * divisor;
  const productError = qLow * dLow - (product - qHigh * dHigh - qLow * dHigh - qHigh * dLow);
  return numerator - product - productError;
}

function halves(value: number): [number, number] {
  const scaled = value * 134_217_729; // 2^27 + 1
  const high = scaled - (scaled - value);
  return [high, value - high];
}

/** artanh(p/q) as an integer number of 2^-FRACTION_BITS. */
function inverseHyperbolicTangent(p: bigint, q: bigint): bigint {
  let power = ONE * p / q;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = power * p * p / (q * q);
  }
  return sum;
}

/** e^x; both in 2^-FRACTION_BITS. */
function exponential(x: bigint): bigint {
  let term = ONE;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = term * x / n >> FRACTION_BITS;
  }
  return sum;
}

function tableOfPairs(
  size: number,
  entry: (index: number) => bigint,
): [high: Float64Array, low: Float64Array] {
  const high = new Float64Array(size);
  const low = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const value = entry(i);
    high[i] = toNumber(value);
    low[i] = toNumber(value - fromNumber(high[i]));
  }
  return [high, low];
}

/** Splits a value into a multiple of 2^-bits below it and the rest, rounded to a double. */
function splitAt(value: bigint, bits: bigint): [high: number, low: number] {
  const high = value >> (FRACTION_BITS - bits) << (FRACTION_BITS - bits);
  return [toNumber(high), toNumber(value - high)];
}

function toNumber(value: bigint): number {
  return Number(value) / Number(ONE);
}

function fromNumber(value: number): bigint {
  return BigInt(value * Number(ONE));
}
