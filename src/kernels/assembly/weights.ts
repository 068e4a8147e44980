/* Sums over a layer's weights, pruning, limits and groups. Padding holds zeros and is not counted. */

// @ts-nocheck: AssemblyScript

/** Writes Σ|w|, Σw² and the number of zeros as f64 at `sums`; panel by panel, inputs ascending. */
// @ts-ignore: decorator
@inline
export function weightSums<T>(w: usize, inputs: i32, outputs: i32, sums: usize): void {
  let l1: f64 = 0, squares: f64 = 0, zeros: f64 = 0;
  for (let first = 0; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const value = <f64>load<T>(w + o * sizeof<T>());
        l1 += abs<f64>(value);
        squares += value * value;
        if (value == 0) zeros += 1;
      }
    }
  }
  store<f64>(sums, l1);
  store<f64>(sums, squares, 8);
  store<f64>(sums, zeros, 16);
}

/**
 * Sets weights below threshold·deviation, and their mask's bits, to 0; returns how many weights are
 * then 0. The deviation is the population's, over all of the layer's weights.
 */
// @ts-ignore: decorator
@inline
export function pruneWeights<T>(
  w: usize, mask: usize, inputs: i32, outputs: i32, threshold: f64,
): i32 {
  const count = <f64>inputs * <f64>outputs;
  let sum: f64 = 0;
  for (let first = 0, at = w; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, at += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) sum += <f64>load<T>(at + o * sizeof<T>());
    }
  }
  const mean = sum / count;
  let squares: f64 = 0;
  for (let first = 0, at = w; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, at += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const deviation = <f64>load<T>(at + o * sizeof<T>()) - mean;
        squares += deviation * deviation;
      }
    }
  }
  const limit = threshold * sqrt<f64>(squares / count);
  let zeros = 0;
  for (let first = 0; first < outputs; first += 4) {
    const width = min(4, outputs - first);
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), mask += 4 * sizeof<T>()) {
      for (let o = 0; o < width; o++) {
        const at = o * sizeof<T>();
        if (abs<f64>(<f64>load<T>(w + at)) < limit) {
          store<T>(w + at, <T>0);
          store<T>(mask + at, <T>0);
        }
        if (load<T>(w + at) == 0) zeros++;
      }
    }
  }
  return zeros;
}

/** The first two of 4 consecutive weights as float64. */
// @ts-ignore: decorator
@inline
function firstTwo<T>(w: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(w)) : v128.load(w);
}

/** The last two of 4 consecutive weights as float64. */
// @ts-ignore: decorator
@inline
function lastTwo<T>(w: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(w, 8)) : v128.load(w, 16);
}

/** limit/√squares if that root is larger than the limit, else 1. */
// @ts-ignore: decorator
@inline
function scaleToLimit(squares: v128, limit: v128): v128 {
  const norm = f64x2.sqrt(squares);
  return v128.bitselect(f64x2.div(limit, norm), f64x2.splat(1), f64x2.gt(norm, limit));
}

/**
 * Scales the incoming weights of each output whose norm is larger than `limit` down to that norm.
 * Sums in float64, inputs ascending; the scale is rounded before it multiplies.
 */
// @ts-ignore: decorator
@inline
export function limitNorms<T>(w: usize, inputs: i32, outputs: i32, limit: f64): void {
  const limits = f64x2.splat(limit);
  for (let first = 0; first < outputs; first += 4) {
    const end = w + <usize>inputs * 4 * sizeof<T>();
    let low = f64x2.splat(0), high = low;
    for (let at = w; at < end; at += 4 * sizeof<T>()) {
      const a = firstTwo<T>(at), b = lastTwo<T>(at);
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    low = scaleToLimit(low, limits);
    high = scaleToLimit(high, limits);
    if (sizeof<T>() == 4) {
      const scales = v128.shuffle<f32>(
        f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5,
      );
      for (; w < end; w += 16) v128.store(w, f32x4.mul(v128.load(w), scales));
    } else {
      for (; w < end; w += 32) {
        v128.store(w, f64x2.mul(v128.load(w), low));
        v128.store(w, f64x2.mul(v128.load(w, 16), high), 16);
      }
    }
  }
}

/** Stores 4 consecutive weights from float64. */
// @ts-ignore: decorator
@inline
function storeFour<T>(w: usize, low: v128, high: v128): void {
  if (sizeof<T>() == 4) {
    const first = f32x4.demote_f64x2_zero(low), last = f32x4.demote_f64x2_zero(high);
    v128.store(w, v128.shuffle<f32>(first, last, 0, 1, 4, 5));
  } else {
    v128.store(w, low);
    v128.store(w, high, 16);
  }
}

/** The sum of four float64, as (0+1)+(2+3). */
// @ts-ignore: decorator
@inline
function foldPairs(low: v128, high: v128): f64 {
  return (f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1)) +
    (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
}

/** Adds strength·w[i,·]/‖w[i,·]‖ to dw[i,·] for each input i whose norm is not 0. */
// @ts-ignore: decorator
@inline
export function addGroupGradient<T>(
  w: usize, dw: usize, inputs: i32, outputs: i32, strength: f64,
): void {
  const stride = <usize>inputs * 4 * sizeof<T>();
  const length = <usize>((outputs + 3) >> 2) * stride;
  for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), dw += 4 * sizeof<T>()) {
    let low = f64x2.splat(0), high = low;
    for (let at: usize = 0; at < length; at += stride) {
      const a = firstTwo<T>(w + at), b = lastTwo<T>(w + at);
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    const norm = sqrt<f64>(foldPairs(low, high));
    if (norm == 0) continue;
    const scales = v128.splat<T>(<T>(strength / norm));
    for (let at: usize = 0; at < length; at += stride) {
      for (let part: usize = 0; part < 4 * sizeof<T>(); part += 16) {
        const gradient = v128.load(dw + at + part);
        v128.store(
          dw + at + part, v128.add<T>(gradient, v128.mul<T>(scales, v128.load(w + at + part))),
        );
      }
    }
  }
}

/** The maximum number of rounds of Newton's method; four or five are usual. */
// @ts-ignore: decorator
@inline
const MOST_ROUNDS: i32 = 40;
/** Error of √f(t) below which one more round makes it negligible: each round squares the error. */
// @ts-ignore: decorator
@inline
const NEAR: f64 = 1e-8;

/**
 * Shrinks each w[i,·] by the proximal operator of strength·‖w[i,·]‖, each weight by its own step
 * size: to 0, or by t/(t + strength·step) with t from f(t) = Σ_o (w[i,o]/(t + strength·step))² = 1.
 */
// @ts-ignore: decorator
@inline
export function shrinkGroups<T>(
  w: usize, steps: usize, inputs: i32, outputs: i32, strength: f64,
): void {
  const stride = <usize>inputs * 4 * sizeof<T>();
  const length = <usize>((outputs + 3) >> 2) * stride;
  const zero = f64x2.splat(0), one = f64x2.splat(1), strengths = f64x2.splat(strength);
  for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), steps += 4 * sizeof<T>()) {
    let low = zero, high = zero;
    for (let at: usize = 0; at < length; at += stride) {
      const a = f64x2.div(firstTwo<T>(w + at), firstTwo<T>(steps + at));
      const b = f64x2.div(lastTwo<T>(w + at), lastTwo<T>(steps + at));
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    if (sqrt<f64>(foldPairs(low, high)) <= strength) {
      for (let at: usize = 0; at < length; at += stride) storeFour<T>(w + at, zero, zero);
      continue;
    }
    let t: f64 = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const ts = f64x2.splat(t);
      let low2 = zero, high2 = zero, low3 = zero, high3 = zero;
      for (let at: usize = 0; at < length; at += stride) {
        const a = f64x2.div(one, f64x2.add(ts, f64x2.mul(strengths, firstTwo<T>(steps + at))));
        const b = f64x2.div(one, f64x2.add(ts, f64x2.mul(strengths, lastTwo<T>(steps + at))));
        const c = f64x2.mul(firstTwo<T>(w + at), a), d = f64x2.mul(lastTwo<T>(w + at), b);
        const c2 = f64x2.mul(c, c), d2 = f64x2.mul(d, d);
        low2 = f64x2.add(low2, c2);
        high2 = f64x2.add(high2, d2);
        low3 = f64x2.add(low3, f64x2.mul(c2, a));
        high3 = f64x2.add(high3, f64x2.mul(d2, b));
      }
      const squares = foldPairs(low2, high2), excess = sqrt<f64>(squares) - 1;
      t += squares * excess / foldPairs(low3, high3);
      if (!(excess > NEAR)) break;
    }
    const ts = f64x2.splat(t);
    for (let at: usize = 0; at < length; at += stride) {
      const a = f64x2.div(ts, f64x2.add(ts, f64x2.mul(strengths, firstTwo<T>(steps + at))));
      const b = f64x2.div(ts, f64x2.add(ts, f64x2.mul(strengths, lastTwo<T>(steps + at))));
      const c = f64x2.mul(firstTwo<T>(w + at), a), d = f64x2.mul(lastTwo<T>(w + at), b);
      storeFour<T>(w + at, c, d);
    }
  }
}
