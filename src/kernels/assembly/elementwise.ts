/* Activations and dropout: one pass over contiguous vectors each. */

// @ts-nocheck: AssemblyScript
import { tanhOf } from "./math";
import { nextBlock } from "./random";

/** y = max(y, 0); −0 and NaN stay the same. */
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
export function tanh<T>(y: usize, bytes: usize): void {
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

/** z = x + y. */
// @ts-ignore: decorator
@inline
export function add<T>(x: usize, y: usize, z: usize, bytes: usize): void {
  const end = x + bytes;
  for (; x < end; x += 16, y += 16, z += 16) {
    v128.store(z, v128.add<T>(v128.load(x), v128.load(y)));
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

/** z = factor·x. */
// @ts-ignore: decorator
@inline
export function scale<T>(x: usize, z: usize, bytes: usize, factor: T): void {
  const end = x + bytes;
  const factors = v128.splat<T>(factor);
  for (; x < end; x += 16, z += 16) v128.store(z, v128.mul<T>(v128.load(x), factors));
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
