/*
 * xoshiro128++ in four lanes, each a separate generator, seeded by the caller.
 *
 * State: 4 vectors, 64 bytes, word k of lane l at byte 16·k + 4·l; no lane all zero.
 * Source: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
 */

// @ts-nocheck: AssemblyScript
import { logOfTwo } from "./math";

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

/** The middle points in (−1, 1) of a block's first two numbers. */
// @ts-ignore: decorator
@inline
function toSymmetric(words: v128): v128 {
  const middles = f64x2.add(f64x2.convert_low_i32x4_u(words), f64x2.splat(0.5));
  return f64x2.sub(f64x2.mul(middles, f64x2.splat(1.0 / 2147483648)), f64x2.splat(1));
}

/** A block's last two numbers, as its first ones. */
// @ts-ignore: decorator
@inline
function lastTwo(words: v128): v128 {
  return v128.shuffle<i32>(words, words, 2, 3, 2, 3);
}

/** Fills a weight matrix with numbers uniform in (−scale, scale), in row-major order. */
// @ts-ignore: decorator
@inline
export function drawUniform<T>(state: usize, w: usize, inputs: i32, outputs: i32, scale: f64): void {
  fillWeights<T>(state, w, inputs, outputs, scale, false);
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
  fillWeights<T>(state, w, inputs, outputs, scale, true);
}

/** Bytes of float64 that are drawn ahead into the scratch space; a block can add some more. */
@inline
const AHEAD = 2048;

/** Draws weights of a kind as float64 into the scratch space, and copies them to their panels. */
// @ts-ignore: decorator
@inline
function fillWeights<T>(
  state: usize, w: usize, inputs: i32, outputs: i32, scale: f64, isNormal: bool,
): void {
  let from: usize = 0, to: usize = 0;
  let missing = <usize>(inputs * outputs) * 8;
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o += 4) {
      const taken = <usize>min(outputs - o, 4) * 8;
      if (to - from < taken) {
        // Fewer than four are left.
        const first = v128.load(from), second = v128.load(from, 16);
        to -= from;
        from = 0;
        v128.store(0, first);
        v128.store(0, second, 16);
        // Not more blocks than needed: the state goes on from here.
        const end = min<usize>(missing, AHEAD);
        while (to < end) {
          to = isNormal ? drawNormals(state, to, scale) : drawUniforms(state, to, scale);
        }
      }
      const at = w + ((o >> 2) * inputs + i) * 4 * sizeof<T>();
      if (taken == 32) storeFour<T>(at, v128.load(from), v128.load(from, 16));
      else {
        for (let n: usize = 0; n < taken; n += 8) {
          store<T>(at + n / 8 * sizeof<T>(), <T>load<f64>(from + n));
        }
      }
      from += taken;
      missing -= taken;
    }
  }
}

// @ts-ignore: decorator
@inline
function storeFour<T>(at: usize, first: v128, second: v128): void {
  if (sizeof<T>() == 4) {
    const low = f32x4.demote_f64x2_zero(first), high = f32x4.demote_f64x2_zero(second);
    v128.store(at, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  } else {
    v128.store(at, first);
    v128.store(at, second, 16);
  }
}

/** Stores four uniform numbers; returns where the next ones belong. */
function drawUniforms(state: usize, to: usize, scale: f64): usize {
  const words = nextBlock(state);
  v128.store(to, f64x2.mul(toSymmetric(words), f64x2.splat(scale)));
  v128.store(to, f64x2.mul(toSymmetric(lastTwo(words)), f64x2.splat(scale)), 16);
  return to + 32;
}

/** Stores the pairs that four points give; returns where the next ones belong. */
function drawNormals(state: usize, to: usize, scale: f64): usize {
  const x = nextBlock(state), y = nextBlock(state);
  to = storePairs(to, toSymmetric(x), toSymmetric(y), scale);
  return storePairs(to, toSymmetric(lastTwo(x)), toSymmetric(lastTwo(y)), scale);
}

/** Stores the pairs that two points give. Branches on random bits would take longer. */
// @ts-ignore: decorator
@inline
function storePairs(to: usize, u: v128, v: v128, scale: f64): usize {
  const s = f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v));
  const ratio = f64x2.div(f64x2.mul(f64x2.splat(-2), logOfTwo(s)), s);
  const factor = f64x2.mul(f64x2.sqrt(ratio), f64x2.splat(scale));
  const first = f64x2.mul(u, factor), second = f64x2.mul(v, factor);
  const isInside = f64x2.lt(s, f64x2.splat(1));
  v128.store(to, v128.shuffle<f64>(first, second, 0, 2));
  to += <usize>i64x2.extract_lane(isInside, 0) & 16;
  v128.store(to, v128.shuffle<f64>(first, second, 1, 3));
  return to + (<usize>i64x2.extract_lane(isInside, 1) & 16);
}
