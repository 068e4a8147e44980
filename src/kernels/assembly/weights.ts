/* Sums over a layer's weights, pruning and limits. Padding holds zeros and is not counted. */

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
 * Sets weights below threshold·deviation, and their mask's bits, to 0; returns how many are 0 then.
 * The deviation is the population's, over all of the layer's weights.
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

/** limit/√squares where that root is larger than the limit, else 1. */
// @ts-ignore: decorator
@inline
function scaleToLimit(squares: v128, limit: v128): v128 {
  const norm = f64x2.sqrt(squares);
  return v128.bitselect(f64x2.div(limit, norm), f64x2.splat(1), f64x2.gt(norm, limit));
}

/**
 * Scales the incoming weights of each output whose norm is larger than `limit` so that it is the
 * limit. Sums in float64, inputs ascending; the scale is rounded before it multiplies.
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
