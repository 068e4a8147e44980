/** Twins of assembly/math.ts and assembly/random.ts, one number at a time. */
import type { Precision } from "./kernels.ts";

/** exp, tanh and the rounding of one precision. */
export interface ReferenceMath {
  /** Rounds to the precision: Math.fround, or the identity. */
  readonly round: (x: number) => number;
  /** e^x for x ≤ 0. */
  readonly expOfNegative: (x: number) => number;
  readonly tanh: (x: number) => number;
}

export const LOG2_E = 1.44269504088896340736;
const LN2_HIGH_F64 = 0.693147180369123816490;
const LN2_LOW_F64 = 1.90821492927058770002e-10;

/** Constants of the exponential: rounding, ln 2 in two parts, the smallest argument, 1/k!. */
export const EXPONENTIAL = {
  f32: {
    toInteger: 12582912,
    ln2High: 0.693145751953125,
    ln2Low: 1.42860682030941723212e-6,
    smallest: -87,
    terms: 7,
  },
  f64: {
    toInteger: 6755399441055744,
    ln2High: LN2_HIGH_F64,
    ln2Low: LN2_LOW_F64,
    smallest: -708,
    terms: 14,
  },
};

/** 1/k! by k, for as many terms as float64 needs. */
export const INVERSE_FACTORIALS = Float64Array.from(
  { length: EXPONENTIAL.f64.terms + 1 },
  (_, k) => 1 / factorial(k),
);

export function referenceMath(precision: Precision): ReferenceMath {
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  const { toInteger, ln2High, ln2Low, smallest, terms } = EXPONENTIAL[precision];
  const log2E = round(LOG2_E), high = round(ln2High), low = round(ln2Low);
  const inverses = INVERSE_FACTORIALS.map(round);

  /** n, the integer nearest to x/ln 2, and e^r − 1 for the remainder r = x − n·ln 2. */
  function reduce(x: number): { n: number; series: number } {
    const n = round(round(round(x * log2E) + toInteger) - toInteger);
    const r = round(round(x - round(n * high)) - round(n * low));
    let sum = inverses[terms];
    for (let k = terms - 1; k >= 2; k--) sum = round(round(sum * r) + inverses[k]);
    return { n, series: round(round(round(sum * r) * r) + r) };
  }

  return {
    round,
    expOfNegative(x) {
      if (x < smallest) return 0;
      const { n, series } = reduce(x);
      const power = powerOfTwo(n);
      return round(round(power * series) + power);
    },
    tanh(x) {
      const doubled = round(Math.min(Math.abs(x), 20) * -2);
      const { n, series } = reduce(doubled);
      const power = powerOfTwo(n);
      const t = round(round(power * series) + round(power - 1));
      const value = Math.abs(round(t / round(2 + t)));
      return isNegative(x) ? -value : value;
    },
  };
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

/** 2⁻ᵏ by repeated halving, exact, for the results that are not 0. */
const HALVES = new Float64Array(1075);
HALVES[0] = 1;
for (let k = 1; k < HALVES.length; k++) HALVES[k] = HALVES[k - 1] / 2;

/** 2^n, exact; NaN for NaN. */
export function powerOfTwo(n: number): number {
  if (n <= 0) return HALVES[-n] ?? 0;
  if (Number.isNaN(n)) return NaN;
  let power = 1;
  for (let k = 0; k < n; k++) power *= 2;
  return power;
}

/** The natural logarithm of a positive normal number; see assembly/math.ts for the method. */
export function referenceLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  let e = ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
  bits.setUint16(0, (bits.getUint16(0) & 0xf) | 0x3ff0);
  let m = bits.getFloat64(0);
  if (m >= 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum = 2 / 25;
  for (let k = 23; k >= 3; k -= 2) sum = sum * q + 2 / k;
  return e * LN2_HIGH_F64 + (2 * s + (s * (q * sum) + e * LN2_LOW_F64));
}

/** The next number of each lane of xoshiro128++, in 0..2³²−1; `state` is 16 words. */
export function referenceBlock(state: Uint32Array): number[] {
  const block: number[] = [];
  for (let lane = 0; lane < 4; lane++) {
    const s0 = state[lane], s1 = state[4 + lane], s2 = state[8 + lane], s3 = state[12 + lane];
    block.push((rotateLeft(s0 + s3 | 0, 7) + s0) >>> 0);
    const t2 = s2 ^ s0, t3 = s3 ^ s1;
    state[lane] = s0 ^ t3;
    state[4 + lane] = s1 ^ t2;
    state[8 + lane] = t2 ^ (s1 << 9);
    state[12 + lane] = rotateLeft(t3, 11);
  }
  return block;
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}
