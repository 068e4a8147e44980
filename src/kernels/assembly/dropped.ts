/*
 * Dropout of few units: lists of what is dropped, and products for listed units only.
 *
 * Lists: a row's dropped units, ascending, as int32 in `pitch` places; zeros fill them up to a
 * multiple of 4. A list's coefficients are laid out like its units.
 */

// @ts-nocheck: AssemblyScript
import { rotateLeft } from "./random";
import { combineRows, dotRow } from "./row_blocks";

@inline
const VECTOR: usize = 16;

/**
 * Bytes from row to row of row-major rows: the same rule as in layouts.ts; tests compare the two.
 */
// @ts-ignore: decorator
@inline
function rowPitch<T>(features: i32): usize {
  return ((<usize>features * sizeof<T>() + 63) >> 6 | 1) << 6;
}

/** Bytes of a row's numbers, padded to a multiple of 4. */
// @ts-ignore: decorator
@inline
function rowBytes<T>(features: i32): usize {
  return ((features + 3) & ~3) * sizeof<T>();
}

/** Where the ends of a panel's lists are stored while they grow. */
@inline
const ENDS: usize = 0;

/**
 * Lists the units that `drawDropout()` would set to 0 in activations of that stride, with the same
 * random numbers. 16 blocks of the generator give a word of 64 bits, whose set bits are visited.
 */
// @ts-ignore: decorator
@inline
export function drawDropped<T>(
  state: usize, units: usize, counts: usize, panels: i32, width: i32, stride: usize, threshold: u32,
): void {
  const lanes: i32 = 16 / sizeof<T>();
  const laneBits: i32 = sizeof<T>() == 4 ? 2 : 1;
  const pitch: usize = ((width + 3) & ~3) * 4;
  const blocks = <i32>(stride / (sizeof<T>() == 4 ? 16 : 32));
  // Signed comparisons take fewer instructions.
  const sign = i32x4.splat(0x8000_0000);
  const limit = i32x4.splat(threshold ^ 0x8000_0000);
  let s0 = v128.load(state), s1 = v128.load(state, 16), s2 = v128.load(state, 32), s3 = v128.load(state, 48);
  for (; panels > 0; panels--) {
    for (let lane = 0; lane < lanes; lane++) store<usize>(ENDS + lane * 4, units + lane * pitch);
    for (let block = 0; block < blocks; block += 16) {
      let word: u64 = 0;
      const count = min(16, blocks - block);
      for (let n = 0; n < count; n++) {
        const drawn = i32x4.add(rotateLeft(i32x4.add(s0, s3), 7), s0);
        const t2 = v128.xor(s2, s0), t3 = v128.xor(s3, s1);
        s0 = v128.xor(s0, t3);
        s2 = v128.xor(t2, i32x4.shl(s1, 9));
        s1 = v128.xor(s1, t2);
        s3 = rotateLeft(t3, 11);
        word |= <u64>i32x4.bitmask(i32x4.lt_s(v128.xor(drawn, sign), limit)) << (n * 4);
      }
      const first = block * (sizeof<T>() == 4 ? 1 : 2);
      const valid = (width - first) << laneBits;
      if (valid <= 0) word = 0;
      else if (valid < 64) word &= (<u64>1 << valid) - 1;
      while (word != 0) {
        const bit = <i32>ctz<u64>(word);
        word &= word - 1;
        const end = ENDS + (bit & (lanes - 1)) * 4;
        const at = load<usize>(end);
        store<i32>(at, first + (bit >> laneBits));
        store<usize>(end, at + 4);
      }
    }
    for (let lane = 0; lane < lanes; lane++, units += pitch, counts += 4) {
      const end = load<usize>(ENDS + lane * 4);
      const count = <i32>(end - units) >> 2;
      store<i32>(counts, count);
      for (let k = count; k < ((count + 3) & ~3); k++) store<i32>(units + k * 4, 0);
    }
  }
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}

/** Row-major rows of lane panels. */
// @ts-ignore: decorator
@inline
export function panelsToRows<T>(x: usize, rows: usize, panels: i32, features: i32, stride: usize): void {
  const pitch = rowPitch<T>(features);
  for (; panels > 0; panels--, x += stride, rows += pitch * (16 / sizeof<T>())) {
    const end = rows + rowBytes<T>(features);
    for (let from = x, to = rows; to < end; to += VECTOR) {
      if (sizeof<T>() == 4) {
        const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
        const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
        v128.store(to + pitch, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7));
        v128.store(to + 2 * pitch, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5));
        v128.store(to + 3 * pitch, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7));
        from += 64;
      } else {
        const a = v128.load(from), b = v128.load(from, 16);
        v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
        v128.store(to + pitch, v128.shuffle<f64>(a, b, 1, 3));
        from += 32;
      }
    }
  }
}

/** Adds row-major rows to lane panels. */
// @ts-ignore: decorator
@inline
export function addRowsToPanels<T>(rows: usize, x: usize, panels: i32, features: i32, stride: usize): void {
  const pitch = rowPitch<T>(features);
  for (; panels > 0; panels--, x += stride, rows += pitch * (16 / sizeof<T>())) {
    const end = rows + rowBytes<T>(features);
    for (let from = rows, to = x; from < end; from += VECTOR) {
      const a = v128.load(from), b = v128.load(from + pitch);
      if (sizeof<T>() == 4) {
        const c = v128.load(from + 2 * pitch), d = v128.load(from + 3 * pitch);
        const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        v128.store(to, f32x4.add(v128.load(to), v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5)));
        v128.store(to, f32x4.add(v128.load(to, 16), v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7)), 16);
        v128.store(to, f32x4.add(v128.load(to, 32), v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5)), 32);
        v128.store(to, f32x4.add(v128.load(to, 48), v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7)), 48);
        to += 64;
      } else {
        v128.store(to, f64x2.add(v128.load(to), v128.shuffle<f64>(a, b, 0, 2)));
        v128.store(to, f64x2.add(v128.load(to, 16), v128.shuffle<f64>(a, b, 1, 3)), 16);
        to += 32;
      }
    }
  }
}

/** Row-major rows (I,O) of weights. */
// @ts-ignore: decorator
@inline
export function weightsToRows<T>(w: usize, rows: usize, inputs: i32, outputs: i32): void {
  const pitch = rowPitch<T>(outputs);
  for (; outputs > 0; outputs -= 4, rows += 4 * sizeof<T>()) {
    let to = rows;
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), to += pitch) {
      v128.store(to, v128.load(w));
      if (sizeof<T>() == 8) v128.store(to, v128.load(w, 16), 16);
    }
  }
}

/** Weights (I,O) of row-major rows. */
// @ts-ignore: decorator
@inline
export function rowsToWeights<T>(rows: usize, w: usize, inputs: i32, outputs: i32): void {
  const pitch = rowPitch<T>(outputs);
  for (; outputs > 0; outputs -= 4, rows += 4 * sizeof<T>()) {
    let from = rows;
    for (let i = 0; i < inputs; i++, w += 4 * sizeof<T>(), from += pitch) {
      v128.store(w, v128.load(from));
      if (sizeof<T>() == 8) v128.store(w, v128.load(from, 16), 16);
    }
  }
}

/** c[b,k] = −(bias[j] + Σ_f x[b,f]·r[j,f]) for each listed unit j; lanes apart, then folded. */
// @ts-ignore: decorator
@inline
export function dotDropped<T>(
  x: usize, r: usize, bias: usize, units: usize, counts: usize, coefficients: usize,
  rows: i32, features: i32, width: i32,
): void {
  const pitch = rowPitch<T>(features);
  const vectors = <i32>(rowBytes<T>(features) / VECTOR);
  const unitPitch: usize = (width + 3) & ~3;
  for (; rows > 0; rows--) {
    dotRow<T>(x, r, pitch, bias, units, coefficients, vectors, load<i32>(counts));
    x += pitch;
    counts += 4;
    units += unitPitch * 4;
    coefficients += unitPitch * sizeof<T>();
  }
}

/** out[b] = Σ_k c[b,k]·r[j], k ascending. */
// @ts-ignore: decorator
@inline
export function combineDropped<T>(
  coefficients: usize, r: usize, out: usize, units: usize, counts: usize, rows: i32, features: i32, width: i32,
): void {
  const listPitch: usize = (width + 3) & ~3;
  combineRows<T>(
    coefficients, r, out, rowPitch<T>(features), units, counts, rows, listPitch, rowBytes<T>(features),
  );
}

/** The same lists by unit, with two kinds of coefficients. */
// @ts-ignore: decorator
@inline
export function transposeDropped<T>(
  units: usize, counts: usize, a: usize, b: usize, rows: i32, width: i32,
  unitRows: usize, unitCounts: usize, unitA: usize, unitB: usize,
): void {
  const listPitch: usize = (width + 3) & ~3;
  const unitPitch: usize = (rows + 3) & ~3;
  for (let unit = 0; unit < width; unit++) store<i32>(unitCounts + unit * 4, 0);
  for (let row = 0; row < rows; row++, counts += 4) {
    const count = load<u32>(counts);
    for (let k: usize = 0; k < count; k++) {
      const unit = load<u32>(units + k * 4);
      const length = load<u32>(unitCounts + unit * 4);
      const to = unit * unitPitch + length;
      store<u32>(unitCounts + unit * 4, length + 1);
      store<i32>(unitRows + to * 4, row);
      store<T>(unitA + to * sizeof<T>(), load<T>(a + k * sizeof<T>()));
      store<T>(unitB + to * sizeof<T>(), load<T>(b + k * sizeof<T>()));
    }
    units += listPitch * 4;
    a += listPitch * sizeof<T>();
    b += listPitch * sizeof<T>();
  }
}

/** sums[b] = Σ_k c[b,k], k ascending from 0. */
// @ts-ignore: decorator
@inline
export function sumDropped<T>(coefficients: usize, sums: usize, counts: usize, rows: i32, width: i32): void {
  const listPitch: usize = (width + 3) & ~3;
  for (; rows > 0; rows--, counts += 4, sums += sizeof<T>(), coefficients += listPitch * sizeof<T>()) {
    const end = coefficients + load<u32>(counts) * sizeof<T>();
    let sum: T = 0;
    for (let at = coefficients; at < end; at += sizeof<T>()) sum += load<T>(at);
    store<T>(sums, sum);
  }
}
