/* Activations, dropout and the weight update: one pass over contiguous vectors each. */

// @ts-nocheck: AssemblyScript
import { tanhOf } from "./math";
import { nextBlock } from "./random";

/** y = max(y, 0); −0 and NaN stay what they are. */
// @ts-ignore: decorator
@inline
export function relu<T>(y: usize, bytes: usize): void {
  const end = y + bytes;
  const zero = v128.splat<T>(0);
  for (; y < end; y += 16) {
    const value = v128.load(y);
    v128.store(y, v128.andnot(value, v128.lt<T>(value, zero)));
  }
}

/** dy = dy where y > 0, else 0. */
// @ts-ignore: decorator
@inline
export function reluBackward<T>(y: usize, dy: usize, bytes: usize): void {
  const end = y + bytes;
  const zero = v128.splat<T>(0);
  for (; y < end; y += 16, dy += 16) {
    v128.store(dy, v128.and(v128.load(dy), v128.gt<T>(v128.load(y), zero)));
  }
}

/** y = tanh y. */
// @ts-ignore: decorator
@inline
export function tanhForward<T>(y: usize, bytes: usize): void {
  const end = y + bytes;
  for (; y < end; y += 16) v128.store(y, tanhOf<T>(v128.load(y)));
}

/** dy = dy·(1 − y²). */
// @ts-ignore: decorator
@inline
export function tanhBackward<T>(y: usize, dy: usize, bytes: usize): void {
  const end = y + bytes;
  const one = v128.splat<T>(1);
  for (; y < end; y += 16, dy += 16) {
    const value = v128.load(y);
    const slope = v128.sub<T>(one, v128.mul<T>(value, value));
    v128.store(dy, v128.mul<T>(v128.load(dy), slope));
  }
}

/** z = x·y. */
// @ts-ignore: decorator
@inline
export function multiply<T>(x: usize, y: usize, z: usize, bytes: usize): void {
  const end = x + bytes;
  for (; x < end; x += 16, y += 16, z += 16) {
    v128.store(z, v128.mul<T>(v128.load(x), v128.load(y)));
  }
}

/** mask = 0 where a number drawn from 0..2^32−1 is below `threshold`, else `scale`. */
// @ts-ignore: decorator
@inline
export function drawDropout<T>(
  state: usize, mask: usize, bytes: usize, threshold: u32, scale: T,
): void {
  const end = mask + bytes;
  const kept = v128.splat<T>(scale);
  const limit = i32x4.splat(threshold);
  while (mask < end) {
    const isDropped = v128.lt<u32>(nextBlock(state), limit);
    if (sizeof<T>() == 4) {
      v128.store(mask, v128.andnot(kept, isDropped));
      mask += 16;
    } else {
      v128.store(mask, v128.andnot(kept, i64x2.extend_low_i32x4_s(isDropped)));
      v128.store(mask, v128.andnot(kept, i64x2.extend_high_i32x4_s(isDropped)), 16);
      mask += 32;
    }
  }
}

/**
 * One step of SGD on `bytes` of parameters, element by element:
 *
 *   g = dw + l2·w + l1·sign(w), limited to ±clip
 *   v = momentum·v + g
 *   w = w − rate·(v + decay·w), then 0 where the mask's bits are 0
 */
// @ts-ignore: decorator
@inline
export function sgdUpdate<T>(
  w: usize, dw: usize, v: usize, mask: usize, bytes: usize,
  rate: T, momentum: T, l1: T, l2: T, decay: T, clip: T,
): void {
  const end = w + bytes;
  const zero = v128.splat<T>(0);
  const rates = v128.splat<T>(rate), momenta = v128.splat<T>(momentum);
  const l1s = v128.splat<T>(l1), l2s = v128.splat<T>(l2), decays = v128.splat<T>(decay);
  const most = v128.splat<T>(clip), least = v128.neg<T>(most);
  for (; w < end; w += 16, dw += 16, v += 16, mask += 16) {
    const weight = v128.load(w);
    let g = v128.add<T>(v128.load(dw), v128.mul<T>(l2s, weight));
    g = v128.add<T>(g, v128.and(l1s, v128.gt<T>(weight, zero)));
    g = v128.sub<T>(g, v128.and(l1s, v128.lt<T>(weight, zero)));
    g = v128.max<T>(v128.min<T>(g, most), least);
    const velocity = v128.add<T>(v128.mul<T>(momenta, v128.load(v)), g);
    v128.store(v, velocity);
    const change = v128.mul<T>(rates, v128.add<T>(velocity, v128.mul<T>(decays, weight)));
    v128.store(w, v128.and(v128.sub<T>(weight, change), v128.load(mask)));
  }
}
