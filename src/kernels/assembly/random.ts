/*
 * xoshiro128++ in four lanes, each a separate generator, seeded by the caller.
 *
 * State: 4 vectors, 64 bytes, word k of lane l at byte 16·k + 4·l; no lane all zero.
 * Source: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
 */

// @ts-nocheck: AssemblyScript
import { logOf } from "./math";

/** The next number of each lane, uniform in 0..2^32−1. */
// @ts-ignore: decorator
@inline
export function nextBlock(state: usize): v128 {
  const s0 = v128.load(state), s1 = v128.load(state, 16);
  const s2 = v128.load(state, 32), s3 = v128.load(state, 48);
  const result = i32x4.add(rotateLeft(i32x4.add(s0, s3), 7), s0);
  const t2 = v128.xor(s2, s0), t3 = v128.xor(s3, s1);
  v128.store(state, v128.xor(s0, t3));
  v128.store(state, v128.xor(s1, t2), 16);
  v128.store(state, v128.xor(t2, i32x4.shl(s1, 9)), 32);
  v128.store(state, rotateLeft(t3, 11), 48);
  return result;
}

// @ts-ignore: decorator
@inline
export function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** A 32-bit number's middle point in (−1, 1). */
// @ts-ignore: decorator
@inline
function toSymmetric(word: u32): f64 {
  return (<f64>word + 0.5) * (1.0 / 2147483648) - 1;
}

/** The place of weight number `n` of an (inputs, outputs) matrix, counted row by row. */
// @ts-ignore: decorator
@inline
function weightAt<T>(w: usize, n: i32, inputs: i32, outputs: i32): usize {
  const i = <u32>n / <u32>outputs;
  const o = <u32>n - i * outputs;
  return w + (((o >> 2) * inputs + i) * 4 + (o & 3)) * sizeof<T>();
}

/** Fills a weight matrix with numbers uniform in (−scale, scale), in row-major order. */
// @ts-ignore: decorator
@inline
export function drawUniform<T>(state: usize, w: usize, inputs: i32, outputs: i32, scale: f64): void {
  const count = inputs * outputs;
  for (let n = 0; n < count; n += 4) {
    const block = nextBlock(state);
    drawOneUniform<T>(w, n, inputs, outputs, i32x4.extract_lane(block, 0), scale);
    if (n + 1 < count) drawOneUniform<T>(w, n + 1, inputs, outputs, i32x4.extract_lane(block, 1), scale);
    if (n + 2 < count) drawOneUniform<T>(w, n + 2, inputs, outputs, i32x4.extract_lane(block, 2), scale);
    if (n + 3 < count) drawOneUniform<T>(w, n + 3, inputs, outputs, i32x4.extract_lane(block, 3), scale);
  }
}

// @ts-ignore: decorator
@inline
function drawOneUniform<T>(
  w: usize, n: i32, inputs: i32, outputs: i32, word: u32, scale: f64,
): void {
  store<T>(weightAt<T>(w, n, inputs, outputs), <T>(toSymmetric(word) * scale));
}

/**
 * Fills a weight matrix with normal numbers of mean 0 and deviation `scale`, in row-major order.
 *
 * Method: the polar method, two numbers from each point that falls into the unit circle.
 * Source: Marsaglia and Bray, A convenient method for generating normal variables (1964).
 */
// @ts-ignore: decorator
@inline
export function drawNormal<T>(state: usize, w: usize, inputs: i32, outputs: i32, scale: f64): void {
  const count = inputs * outputs;
  let n = 0;
  while (n < count) {
    const x = nextBlock(state), y = nextBlock(state);
    n = drawOnePair<T>(w, n, inputs, outputs, i32x4.extract_lane(x, 0), i32x4.extract_lane(y, 0), scale);
    n = drawOnePair<T>(w, n, inputs, outputs, i32x4.extract_lane(x, 1), i32x4.extract_lane(y, 1), scale);
    n = drawOnePair<T>(w, n, inputs, outputs, i32x4.extract_lane(x, 2), i32x4.extract_lane(y, 2), scale);
    n = drawOnePair<T>(w, n, inputs, outputs, i32x4.extract_lane(x, 3), i32x4.extract_lane(y, 3), scale);
  }
}

/** Stores the pair that (x, y) gives, or what fits of it; returns the next weight's number. */
function drawOnePair<T>(
  w: usize, n: i32, inputs: i32, outputs: i32, x: u32, y: u32, scale: f64,
): i32 {
  const u = toSymmetric(x), v = toSymmetric(y);
  const s = u * u + v * v;
  if (s >= 1) return n;
  const factor = sqrt<f64>((-2 * logOf(s)) / s) * scale;
  const count = inputs * outputs;
  if (n < count) store<T>(weightAt<T>(w, n++, inputs, outputs), <T>(u * factor));
  if (n < count) store<T>(weightAt<T>(w, n++, inputs, outputs), <T>(v * factor));
  return n;
}
