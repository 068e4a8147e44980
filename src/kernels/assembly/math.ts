/*
 * exp, log and tanh from + − × ÷ alone, so that every machine gets the same bits. Polynomials are
 * plain Taylor series, long enough that the first term left out is below the last bit.
 */

// @ts-nocheck: AssemblyScript

/** Adding and subtracting 1.5·2^23 (2^52) rounds to the nearest integer, ties to even. */
@inline
const ROUND_F32: f32 = 12582912;
@inline
const ROUND_F64: f64 = 6755399441055744;

/* ln 2 in two parts; the first has zeros at its end, so that n·LN2_HIGH is exact. */
@inline
const LN2_HIGH_F32: f32 = 0.693145751953125;
@inline
const LN2_LOW_F32: f32 = 1.42860682030941723212e-6;
@inline
const LN2_HIGH_F64: f64 = 0.693147180369123816490;
@inline
const LN2_LOW_F64: f64 = 1.90821492927058770002e-10;
@inline
const LOG2_E: f64 = 1.44269504088896340736;

/** Below these arguments exp returns 0 (f32: e^-87 is the last normal number). */
@inline
const SMALLEST_F32: f32 = -87;
@inline
const SMALLEST_F64: f64 = -708;

/** e^r − 1 for |r| ≤ ½ ln 2, by Horner's rule over r^k/k!. */
// @ts-ignore: decorator
@inline
function expm1Series<T>(r: v128): v128 {
  let sum: v128;
  if (sizeof<T>() == 4) {
    sum = v128.splat<T>(<T>(1.0 / 5040));
  } else {
    sum = v128.splat<T>(<T>(1.0 / 87178291200));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 6227020800)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 479001600)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 39916800)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 3628800)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 362880)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 40320)));
    sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 5040)));
  }
  sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 720)));
  sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 120)));
  sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 24)));
  sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>(1.0 / 6)));
  sum = v128.add<T>(v128.mul<T>(sum, r), v128.splat<T>(<T>0.5));
  // r + r²·(½ + r/6 + …): the large term is added last.
  return v128.add<T>(v128.mul<T>(v128.mul<T>(sum, r), r), r);
}

/** x/ln 2 to the nearest integer, as a float. */
// @ts-ignore: decorator
@inline
function exponent<T>(x: v128): v128 {
  const round = v128.splat<T>(sizeof<T>() == 4 ? <T>ROUND_F32 : <T>ROUND_F64);
  const scaled = v128.mul<T>(x, v128.splat<T>(<T>LOG2_E));
  return v128.sub<T>(v128.add<T>(scaled, round), round);
}

/** x − n·ln 2. */
// @ts-ignore: decorator
@inline
function remainder<T>(x: v128, n: v128): v128 {
  const high = v128.splat<T>(sizeof<T>() == 4 ? <T>LN2_HIGH_F32 : <T>LN2_HIGH_F64);
  const low = v128.splat<T>(sizeof<T>() == 4 ? <T>LN2_LOW_F32 : <T>LN2_LOW_F64);
  return v128.sub<T>(v128.sub<T>(x, v128.mul<T>(n, high)), v128.mul<T>(n, low));
}

/** 2^n for integers n in the normal range. */
// @ts-ignore: decorator
@inline
function powerOfTwo<T>(n: v128): v128 {
  if (sizeof<T>() == 4) {
    return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  }
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n));
  return i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
}

/** e^x for x ≤ 0, lane by lane; 0 where it would be subnormal, NaN for NaN. */
// @ts-ignore: decorator
@inline
export function expOfNegative<T>(x: v128): v128 {
  const smallest = v128.splat<T>(sizeof<T>() == 4 ? <T>SMALLEST_F32 : <T>SMALLEST_F64);
  const n = exponent<T>(x);
  const series = expm1Series<T>(remainder<T>(x, n));
  const power = powerOfTwo<T>(n);
  const value = v128.add<T>(v128.mul<T>(power, series), power);
  return v128.andnot(value, v128.lt<T>(x, smallest));
}

/** tanh x = |t/(2 + t)| with t = e^(−2|x|) − 1, and the sign of x; NaN for NaN. */
// @ts-ignore: decorator
@inline
export function tanhOf<T>(x: v128): v128 {
  const sign = v128.and(x, v128.splat<T>(<T>-0.0));
  // From 20 on, 1 − tanh x is below half a unit of the last place in both precisions.
  const magnitude = v128.min<T>(v128.xor(x, sign), v128.splat<T>(20));
  const doubled = v128.mul<T>(magnitude, v128.splat<T>(-2));
  const n = exponent<T>(doubled);
  const series = expm1Series<T>(remainder<T>(doubled, n));
  const power = powerOfTwo<T>(n);
  const one = v128.splat<T>(1);
  const t = v128.add<T>(v128.mul<T>(power, series), v128.sub<T>(power, one));
  const value = v128.div<T>(t, v128.add<T>(v128.splat<T>(2), t));
  return v128.or(v128.abs<T>(value), sign);
}

/**
 * The natural logarithm of a positive normal number.
 *
 * Method: x = m·2^e with m in [√½, √2); ln m = 2·artanh s with s = (m − 1)/(m + 1), summed as
 * s·(2 + ⅔s² + …), then e·ln 2 is added in two parts.
 */
export function logOf(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let bits = reinterpret<i64>(x);
  let e = <i32>(bits >> 52) - 1023;
  bits = (bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000;
  let m = reinterpret<f64>(bits);
  if (m >= 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum: f64 = 2.0 / 25;
  sum = sum * q + 2.0 / 23;
  sum = sum * q + 2.0 / 21;
  sum = sum * q + 2.0 / 19;
  sum = sum * q + 2.0 / 17;
  sum = sum * q + 2.0 / 15;
  sum = sum * q + 2.0 / 13;
  sum = sum * q + 2.0 / 11;
  sum = sum * q + 2.0 / 9;
  sum = sum * q + 2.0 / 7;
  sum = sum * q + 2.0 / 5;
  sum = sum * q + 2.0 / 3;
  const n = <f64>e;
  return n * LN2_HIGH_F64 + (2 * s + (s * (q * sum) + n * LN2_LOW_F64));
}

/** `logOf()` of two positive, finite and normal numbers. */
// @ts-ignore: decorator
@inline
export function logOfTwo(x: v128): v128 {
  const one = i64x2.splat(0x3ff0_0000_0000_0000);
  const bits = v128.and(x, i64x2.splat(0x000f_ffff_ffff_ffff));
  const whole = v128.or(bits, one);
  const isLarge = f64x2.ge(whole, f64x2.splat(1.4142135623730951));
  const m = v128.bitselect(f64x2.mul(whole, f64x2.splat(0.5)), whole, isLarge);
  // All bits of −1 are set.
  const e = i64x2.sub(i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023)), isLarge);
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)));
  const q = f64x2.mul(s, s);
  let sum = f64x2.splat(2.0 / 25);
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 23));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 21));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 19));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 17));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 15));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 13));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 11));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 9));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 7));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 5));
  sum = f64x2.add(f64x2.mul(sum, q), f64x2.splat(2.0 / 3));
  const n = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(e, e, 0, 2, 0, 2));
  const low = f64x2.add(f64x2.mul(s, f64x2.mul(q, sum)), f64x2.mul(n, f64x2.splat(LN2_LOW_F64)));
  const small = f64x2.add(f64x2.mul(f64x2.splat(2), s), low);
  return f64x2.add(f64x2.mul(n, f64x2.splat(LN2_HIGH_F64)), small);
}
