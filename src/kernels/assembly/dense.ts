/*
 * Products of a dense layer, tile by tile: see ../_tile_source.ts, which writes tiles.ts.
 *
 * The first bytes of the memory are the kernels' scratch space: packed steps of the left matrix,
 * and sums.
 */

// @ts-nocheck: AssemblyScript
import { foldFour, foldTwo } from "./lanes";
import {
  clearSums, forwardDirectly, packRest, packSplat, packVector, packedSplat, packedVector, restSplat, restVector,
  SPLAT_STEPS, startSums, takeSums, VECTOR_STEPS, weightsDirectly,
} from "./tiles";

/**
 * Lane panels after which a sum over rows is folded: this much of a slice fits the first-level
 * cache.
 */
const CHUNK_PANELS: i32 = 128;

/** Bytes of a vector. */
@inline
const VECTOR: usize = 16;

/** The offset of the sums of full tiles, and the number of output panels that fit there. */
@inline
const SUMS: usize = 4096;
@inline
const BLOCK_PANELS: i32 = 64;
/** With fewer output panels, packing costs more than it saves. */
@inline
const LEAST_PACKED_PANELS: i32 = 8;

/** Rows of the next direct tile: leaves no remainder of one or two if possible. */
// @ts-ignore: decorator
@inline
function tileRows(left: i32): i32 {
  return left <= 5 ? left : left < 9 ? (left + 1) >> 1 : 5;
}

/** y[b,o] = bias[o] + Σ_i x[b,i]·w[i,o], i ascending. */
// @ts-ignore: decorator
@inline
export function denseForward<T>(
  x: usize, w: usize, bias: usize, y: usize,
  panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  const isPacked = inputs >= SPLAT_STEPS && outputPanels >= LEAST_PACKED_PANELS;
  while (panels > 0) {
    const rows = isPacked && panels >= 5 ? 5 : tileRows(panels);
    if (isPacked && rows == 5) {
      forwardPacked<T>(x, w, bias, y, inputs, outputPanels, xStride, yStride);
    } else {
      forwardDirectly<T>(rows, x, xStride, w, inputs, bias, y, yStride, outputPanels * 2);
    }
    panels -= rows;
    x += rows * xStride;
    y += rows * yStride;
  }
}

/** Five lane panels of `denseForward()`. */
function forwardPacked<T>(
  x: usize, w: usize, bias: usize, y: usize,
  inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  const step: usize = 4 * sizeof<T>();
  const pair: usize = 2 * sizeof<T>();
  const wStride = inputs * step;
  const toggle = pair ^ (wStride - pair);
  for (let o = 0; o < outputPanels; o += BLOCK_PANELS) {
    const pairs = 2 * min(BLOCK_PANELS, outputPanels - o);
    const wBlock = w + o * wStride;
    startSums<T>(bias + o * step, SUMS, pairs);
    let i = 0;
    for (; i + SPLAT_STEPS <= inputs; i += SPLAT_STEPS) {
      packSplat(x + i * VECTOR, VECTOR, xStride);
      packedSplat<T>(wBlock + i * step, step, pair, toggle, SUMS, pairs);
    }
    if (i < inputs) {
      packRest(x + i * VECTOR, VECTOR, xStride, inputs - i);
      restSplat<T>(wBlock + i * step, step, pair, toggle, SUMS, pairs, inputs - i);
    }
    takeSums(SUMS, y + o * 4 * VECTOR, yStride, pairs);
  }
}

/** dw[i,o] = Σ_b x[b,i]·dy[b,o] and db[o] = Σ_b dy[b,o]; chunks of lane sums, folded in order. */
// @ts-ignore: decorator
@inline
export function denseBackwardWeights<T>(
  x: usize, dy: usize, dw: usize, db: usize,
  panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  const wStride = <usize>inputs * 4 * sizeof<T>();
  for (let panel = 0; panel < panels; panel += CHUNK_PANELS) {
    const count = min(CHUNK_PANELS, panels - panel);
    const isFirst = panel == 0;
    for (let o = 0; o < outputPanels; o += BLOCK_PANELS) {
      const block = min(BLOCK_PANELS, outputPanels - o);
      weightsChunk<T>(
        x, dy + o * 4 * VECTOR, dw + o * wStride, count, inputs, block, xStride, yStride, isFirst,
      );
    }
    for (let o = 0; o < outputPanels; o++) {
      biasTile<T>(dy + o * 4 * VECTOR, db + o * 4 * sizeof<T>(), count, yStride, isFirst);
    }
    x += count * xStride;
    dy += count * yStride;
  }
}

/** A chunk of rows and a block of outputs of `denseBackwardWeights()`. */
function weightsChunk<T>(
  x: usize, dy: usize, dw: usize,
  panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize, isFirst: bool,
): void {
  const isPacked = panels >= VECTOR_STEPS && outputPanels >= LEAST_PACKED_PANELS;
  const pairs = 2 * outputPanels;
  for (let left = inputs; left > 0;) {
    const rows = isPacked && left >= 5 ? 5 : tileRows(left);
    if (isPacked && rows == 5) {
      clearSums(SUMS, pairs);
      let panel = 0;
      for (; panel + VECTOR_STEPS <= panels; panel += VECTOR_STEPS) {
        packVector(x + panel * xStride, xStride, VECTOR);
        packedVector<T>(dy + panel * yStride, yStride, 2 * VECTOR, 0, SUMS, pairs);
      }
      if (panel < panels) {
        const rest = panels - panel;
        packRest(x + panel * xStride, xStride, VECTOR, rest);
        restVector<T>(dy + panel * yStride, yStride, 2 * VECTOR, 0, SUMS, pairs, rest);
      }
    } else {
      weightsDirectly<T>(rows, x, xStride, dy, yStride, panels, SUMS, pairs);
    }
    foldSums<T>(dw, rows, inputs, outputPanels, isFirst);
    left -= rows;
    x += rows * VECTOR;
    dw += rows * 4 * sizeof<T>();
  }
}

/** Folds the sums of some inputs with a block of outputs into their weights' gradients. */
function foldSums<T>(dw: usize, rows: i32, inputs: i32, outputPanels: i32, isFirst: bool): void {
  const pairBytes = <usize>rows * 2 * VECTOR;
  let sums = SUMS;
  for (; outputPanels > 0; outputPanels--) {
    let at = dw;
    for (let row = 0; row < rows; row++) {
      const second = sums + pairBytes;
      storeSums<T>(
        at, v128.load(sums), v128.load(sums, VECTOR), v128.load(second), v128.load(second, VECTOR), isFirst,
      );
      at += 4 * sizeof<T>();
      sums += 2 * VECTOR;
    }
    sums += pairBytes;
    dw += <usize>inputs * 4 * sizeof<T>();
  }
}

function biasTile<T>(dy: usize, db: usize, panels: i32, yStride: usize, isFirst: bool): void {
  const zero = v128.splat<T>(0);
  let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  for (; panels > 0; panels--) {
    b0 = v128.add<T>(b0, v128.load(dy));
    b1 = v128.add<T>(b1, v128.load(dy, VECTOR));
    b2 = v128.add<T>(b2, v128.load(dy, 2 * VECTOR));
    b3 = v128.add<T>(b3, v128.load(dy, 3 * VECTOR));
    dy += yStride;
  }
  storeSums<T>(db, b0, b1, b2, b3, isFirst);
}

/** Folds the lanes of four sums, and stores or adds the four totals. */
// @ts-ignore: decorator
@inline
function storeSums<T>(at: usize, a: v128, b: v128, c: v128, d: v128, isFirst: bool): void {
  if (sizeof<T>() == 4) {
    let sum = foldFour(a, b, c, d);
    if (!isFirst) sum = f32x4.add(v128.load(at), sum);
    v128.store(at, sum);
  } else {
    let ab = foldTwo(a, b), cd = foldTwo(c, d);
    if (!isFirst) {
      ab = f64x2.add(v128.load(at), ab);
      cd = f64x2.add(v128.load(at, VECTOR), cd);
    }
    v128.store(at, ab);
    v128.store(at, cd, VECTOR);
  }
}

/** wt[o,i] = w[i,o], from output panels to input panels; inputs are padded with zeros. */
// @ts-ignore: decorator
@inline
export function transposeWeights<T>(w: usize, wt: usize, inputs: i32, outputs: i32): void {
  const blocks = sizeof<T>() == 4 ? inputs >> 2 : 0;
  const wtStride = <usize>outputs * 4 * sizeof<T>();
  for (let o = 0; o < outputs; o += 4) {
    const from = w + <usize>o * inputs * sizeof<T>();
    const to = wt + o * 4 * sizeof<T>();
    for (let n = 0; n < blocks; n++) {
      transposeBlock(from + n * 4 * VECTOR, to + n * wtStride, min(4, outputs - o));
    }
    for (let i = blocks * 4; i < ((inputs + 3) & ~3); i++) {
      for (let k = 0; k < min(4, outputs - o); k++) {
        const value = i < inputs ? load<T>(from + (i * 4 + k) * sizeof<T>()) : <T>0;
        store<T>(to + (i >> 2) * wtStride + (k * 4 + (i & 3)) * sizeof<T>(), value);
      }
    }
  }
}

/** Stores the first rows of the transpose of 4x4 float32 numbers. */
function transposeBlock(from: usize, to: usize, rows: i32): void {
  const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
  if (rows > 1) v128.store(to, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7), 16);
  if (rows > 2) v128.store(to, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5), 32);
  if (rows > 3) v128.store(to, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7), 48);
}

/** c[i,o] += Σ_h a[i,h]·b[h,o], all three in output panels. */
// @ts-ignore: decorator
@inline
export function addWeightProduct<T>(
  a: usize, b: usize, c: usize, inputs: i32, inner: i32, outputs: i32,
): void {
  // A panel of 4 outputs is one vector in float32, two in float64.
  const vectors = ((outputs + 3) >> 2) * (sizeof<T>() / 4);
  const perPanel = <i32>(sizeof<T>() / 4);
  for (let n = 0; n < vectors; n++) {
    const panel = n / perPanel, half = <usize>(n % perPanel) * VECTOR;
    const bPanel = b + <usize>panel * inner * 4 * sizeof<T>() + half;
    const cPanel = c + <usize>panel * inputs * 4 * sizeof<T>() + half;
    let i = 0;
    for (; i + 4 <= inputs; i += 4) productTile4<T>(a, bPanel, cPanel, i, inputs, inner);
    for (; i < inputs; i++) productTile1<T>(a, bPanel, cPanel, i, inputs, inner);
  }
}

function productTile4<T>(a: usize, b: usize, c: usize, i: i32, inputs: i32, inner: i32): void {
  const step = 4 * sizeof<T>();
  const aStride = <usize>inputs * step;
  c += <usize>i * step;
  a += <usize>i * step;
  let c0 = v128.load(c), c1 = v128.load(c + step), c2 = v128.load(c + 2 * step), c3 = v128.load(c + 3 * step);
  let a0: v128, a1: v128, a2: v128, a3: v128, v: v128;
  for (; inner >= 4; inner -= 4) {
    a0 = v128.load(a), a1 = v128.load(a, step), a2 = v128.load(a, 2 * step), a3 = v128.load(a, 3 * step);
    v = v128.load(b);
    c0 = v128.add<T>(c0, v128.mul<T>(v, splatLane<T>(a0, 0)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, splatLane<T>(a1, 0)));
    c2 = v128.add<T>(c2, v128.mul<T>(v, splatLane<T>(a2, 0)));
    c3 = v128.add<T>(c3, v128.mul<T>(v, splatLane<T>(a3, 0)));
    v = v128.load(b + step);
    c0 = v128.add<T>(c0, v128.mul<T>(v, splatLane<T>(a0, 1)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, splatLane<T>(a1, 1)));
    c2 = v128.add<T>(c2, v128.mul<T>(v, splatLane<T>(a2, 1)));
    c3 = v128.add<T>(c3, v128.mul<T>(v, splatLane<T>(a3, 1)));
    if (sizeof<T>() == 8) {
      a0 = v128.load(a, 16), a1 = v128.load(a, step + 16), a2 = v128.load(a, 2 * step + 16), a3 = v128.load(a, 3 * step + 16);
    }
    v = v128.load(b + 2 * step);
    c0 = v128.add<T>(c0, v128.mul<T>(v, splatLane<T>(a0, 2)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, splatLane<T>(a1, 2)));
    c2 = v128.add<T>(c2, v128.mul<T>(v, splatLane<T>(a2, 2)));
    c3 = v128.add<T>(c3, v128.mul<T>(v, splatLane<T>(a3, 2)));
    v = v128.load(b + 3 * step);
    c0 = v128.add<T>(c0, v128.mul<T>(v, splatLane<T>(a0, 3)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, splatLane<T>(a1, 3)));
    c2 = v128.add<T>(c2, v128.mul<T>(v, splatLane<T>(a2, 3)));
    c3 = v128.add<T>(c3, v128.mul<T>(v, splatLane<T>(a3, 3)));
    a += aStride;
    b += 4 * step;
  }
  for (; inner > 0; inner--) {
    v = v128.load(b);
    c0 = v128.add<T>(c0, v128.mul<T>(v, v128.load_splat<T>(a)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, v128.load_splat<T>(a, step)));
    c2 = v128.add<T>(c2, v128.mul<T>(v, v128.load_splat<T>(a, 2 * step)));
    c3 = v128.add<T>(c3, v128.mul<T>(v, v128.load_splat<T>(a, 3 * step)));
    a += sizeof<T>();
    b += step;
  }
  v128.store(c, c0);
  v128.store(c + step, c1);
  v128.store(c + 2 * step, c2);
  v128.store(c + 3 * step, c3);
}

/** A number of a panel's row in all lanes; `v` is the vector that contains it. */
// @ts-ignore: decorator
@inline
function splatLane<T>(v: v128, n: i32): v128 {
  if (sizeof<T>() == 4) {
    if (n == 0) return v128.shuffle<f32>(v, v, 0, 0, 0, 0);
    if (n == 1) return v128.shuffle<f32>(v, v, 1, 1, 1, 1);
    if (n == 2) return v128.shuffle<f32>(v, v, 2, 2, 2, 2);
    return v128.shuffle<f32>(v, v, 3, 3, 3, 3);
  }
  return n & 1 ? v128.shuffle<f64>(v, v, 1, 1) : v128.shuffle<f64>(v, v, 0, 0);
}

function productTile1<T>(a: usize, b: usize, c: usize, i: i32, inputs: i32, inner: i32): void {
  const step = 4 * sizeof<T>();
  c += <usize>i * step;
  let sum = v128.load(c);
  for (let h = 0; h < inner; h++) {
    const at = a + (<usize>((h >> 2) * inputs + i) * 4 + (h & 3)) * sizeof<T>();
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(b), v128.load_splat<T>(at)));
    b += step;
  }
  v128.store(c, sum);
}

/** c[i,o] += x[i]·y[o]. */
// @ts-ignore: decorator
@inline
export function addOuterProduct<T>(x: usize, y: usize, c: usize, inputs: i32, outputs: i32): void {
  for (let o = 0; o < ((outputs + 3) & ~3); o += <i32>(16 / sizeof<T>())) {
    const factor = v128.load(y + o * sizeof<T>());
    let at = c + (<usize>(o >> 2) * inputs * 4 + (o & 3)) * sizeof<T>();
    for (let i = 0; i < inputs; i++, at += 4 * sizeof<T>()) {
      const value = v128.mul<T>(factor, v128.load_splat<T>(x + i * sizeof<T>()));
      v128.store(at, v128.add<T>(v128.load(at), value));
    }
  }
}
