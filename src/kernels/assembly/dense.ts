/*
 * Products of a dense layer. A tile is 3 lane panels of rows by 4 outputs (12x4 in f32, 6x4 in
 * f64): 12 accumulators, 3 vectors of rows and 1 of weights fill the 16 registers there are.
 * V8 checks the bounds of every load, so a tile loads 6 times for 24 operations: two of four
 * weights come out of one load by shuffles, the others are loaded and splatted, which keeps the
 * shuffles from crowding the arithmetic. Steps of two spread the loop's own cost.
 */

// @ts-nocheck: AssemblyScript

/** Lane panels after which a sum over rows is folded: what the first-level cache holds of a slice. */
const CHUNK_PANELS: i32 = 128;

/** One vector's rows of a 4-output panel. */
@inline
const VECTOR: usize = 16;

// @ts-ignore: decorator
@inline
function firstLane<T>(v: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(v, v, 0, 0, 0, 0) : v128.shuffle<f64>(v, v, 0, 0);
}

// @ts-ignore: decorator
@inline
function secondLane<T>(v: v128): v128 {
  return sizeof<T>() == 4 ? v128.shuffle<f32>(v, v, 1, 1, 1, 1) : v128.shuffle<f64>(v, v, 1, 1);
}

/** y[b,o] = bias[o] + Σ_i x[b,i]·w[i,o], i ascending. */
// @ts-ignore: decorator
@inline
export function denseForward<T>(
  x: usize, w: usize, bias: usize, y: usize,
  panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  const wStride = <usize>inputs * 4 * sizeof<T>();
  let panel = 0;
  for (; panel + 3 <= panels; panel += 3) {
    let wPanel = w;
    for (let o = 0; o < outputPanels; o++) {
      forwardTile3<T>(x, wPanel, bias + o * 4 * sizeof<T>(), y + o * 4 * VECTOR, inputs, xStride, yStride);
      wPanel += wStride;
    }
    x += 3 * xStride;
    y += 3 * yStride;
  }
  for (; panel < panels; panel++) {
    let wPanel = w;
    for (let o = 0; o < outputPanels; o++) {
      forwardTile1<T>(x, wPanel, bias + o * 4 * sizeof<T>(), y + o * 4 * VECTOR, inputs);
      wPanel += wStride;
    }
    x += xStride;
    y += yStride;
  }
}

function forwardTile3<T>(
  x: usize, w: usize, bias: usize, y: usize, inputs: i32, xStride: usize, yStride: usize,
): void {
  let y00 = v128.load_splat<T>(bias), y10 = y00, y20 = y00;
  let y01 = v128.load_splat<T>(bias, sizeof<T>()), y11 = y01, y21 = y01;
  let y02 = v128.load_splat<T>(bias, 2 * sizeof<T>()), y12 = y02, y22 = y02;
  let y03 = v128.load_splat<T>(bias, 3 * sizeof<T>()), y13 = y03, y23 = y03;
  let x1 = x + xStride;
  let x2 = x1 + xStride;
  let v0: v128, v1: v128, v2: v128, s: v128, pair: v128;
  const end = w + <usize>(inputs & ~1) * 4 * sizeof<T>();
  while (w < end) {
    v0 = v128.load(x), v1 = v128.load(x1), v2 = v128.load(x2);
    pair = v128.load(w);
    s = firstLane<T>(pair);
    y00 = v128.add<T>(y00, v128.mul<T>(v0, s));
    y10 = v128.add<T>(y10, v128.mul<T>(v1, s));
    y20 = v128.add<T>(y20, v128.mul<T>(v2, s));
    s = secondLane<T>(pair);
    y01 = v128.add<T>(y01, v128.mul<T>(v0, s));
    y11 = v128.add<T>(y11, v128.mul<T>(v1, s));
    y21 = v128.add<T>(y21, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 2 * sizeof<T>());
    y02 = v128.add<T>(y02, v128.mul<T>(v0, s));
    y12 = v128.add<T>(y12, v128.mul<T>(v1, s));
    y22 = v128.add<T>(y22, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 3 * sizeof<T>());
    y03 = v128.add<T>(y03, v128.mul<T>(v0, s));
    y13 = v128.add<T>(y13, v128.mul<T>(v1, s));
    y23 = v128.add<T>(y23, v128.mul<T>(v2, s));
    v0 = v128.load(x, VECTOR), v1 = v128.load(x1, VECTOR), v2 = v128.load(x2, VECTOR);
    pair = v128.load(w, 4 * sizeof<T>());
    s = firstLane<T>(pair);
    y00 = v128.add<T>(y00, v128.mul<T>(v0, s));
    y10 = v128.add<T>(y10, v128.mul<T>(v1, s));
    y20 = v128.add<T>(y20, v128.mul<T>(v2, s));
    s = secondLane<T>(pair);
    y01 = v128.add<T>(y01, v128.mul<T>(v0, s));
    y11 = v128.add<T>(y11, v128.mul<T>(v1, s));
    y21 = v128.add<T>(y21, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 6 * sizeof<T>());
    y02 = v128.add<T>(y02, v128.mul<T>(v0, s));
    y12 = v128.add<T>(y12, v128.mul<T>(v1, s));
    y22 = v128.add<T>(y22, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 7 * sizeof<T>());
    y03 = v128.add<T>(y03, v128.mul<T>(v0, s));
    y13 = v128.add<T>(y13, v128.mul<T>(v1, s));
    y23 = v128.add<T>(y23, v128.mul<T>(v2, s));
    x += 2 * VECTOR;
    x1 += 2 * VECTOR;
    x2 += 2 * VECTOR;
    w += 8 * sizeof<T>();
  }
  if (inputs & 1) {
    v0 = v128.load(x), v1 = v128.load(x1), v2 = v128.load(x2);
    pair = v128.load(w);
    s = firstLane<T>(pair);
    y00 = v128.add<T>(y00, v128.mul<T>(v0, s));
    y10 = v128.add<T>(y10, v128.mul<T>(v1, s));
    y20 = v128.add<T>(y20, v128.mul<T>(v2, s));
    s = secondLane<T>(pair);
    y01 = v128.add<T>(y01, v128.mul<T>(v0, s));
    y11 = v128.add<T>(y11, v128.mul<T>(v1, s));
    y21 = v128.add<T>(y21, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 2 * sizeof<T>());
    y02 = v128.add<T>(y02, v128.mul<T>(v0, s));
    y12 = v128.add<T>(y12, v128.mul<T>(v1, s));
    y22 = v128.add<T>(y22, v128.mul<T>(v2, s));
    s = v128.load_splat<T>(w, 3 * sizeof<T>());
    y03 = v128.add<T>(y03, v128.mul<T>(v0, s));
    y13 = v128.add<T>(y13, v128.mul<T>(v1, s));
    y23 = v128.add<T>(y23, v128.mul<T>(v2, s));
  }
  storePanel(y, y00, y01, y02, y03);
  storePanel(y + yStride, y10, y11, y12, y13);
  storePanel(y + 2 * yStride, y20, y21, y22, y23);
}

function forwardTile1<T>(x: usize, w: usize, bias: usize, y: usize, inputs: i32): void {
  let y0 = v128.load_splat<T>(bias), y1 = v128.load_splat<T>(bias, sizeof<T>());
  let y2 = v128.load_splat<T>(bias, 2 * sizeof<T>()), y3 = v128.load_splat<T>(bias, 3 * sizeof<T>());
  const end = w + <usize>inputs * 4 * sizeof<T>();
  while (w < end) {
    const v = v128.load(x);
    y0 = v128.add<T>(y0, v128.mul<T>(v, v128.load_splat<T>(w)));
    y1 = v128.add<T>(y1, v128.mul<T>(v, v128.load_splat<T>(w, sizeof<T>())));
    y2 = v128.add<T>(y2, v128.mul<T>(v, v128.load_splat<T>(w, 2 * sizeof<T>())));
    y3 = v128.add<T>(y3, v128.mul<T>(v, v128.load_splat<T>(w, 3 * sizeof<T>())));
    x += VECTOR;
    w += 4 * sizeof<T>();
  }
  storePanel(y, y0, y1, y2, y3);
}

// @ts-ignore: decorator
@inline
function storePanel(y: usize, y0: v128, y1: v128, y2: v128, y3: v128): void {
  v128.store(y, y0);
  v128.store(y, y1, VECTOR);
  v128.store(y, y2, 2 * VECTOR);
  v128.store(y, y3, 3 * VECTOR);
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
    let i = 0;
    for (; i + 3 <= inputs; i += 3) {
      for (let o = 0; o < outputPanels; o++) {
        weightsTile3<T>(
          x + i * VECTOR, dy + o * 4 * VECTOR, dw + o * wStride + i * 4 * sizeof<T>(),
          count, xStride, yStride, isFirst,
        );
      }
    }
    for (; i < inputs; i++) {
      for (let o = 0; o < outputPanels; o++) {
        weightsTile1<T>(
          x + i * VECTOR, dy + o * 4 * VECTOR, dw + o * wStride + i * 4 * sizeof<T>(),
          count, xStride, yStride, isFirst,
        );
      }
    }
    for (let o = 0; o < outputPanels; o++) {
      biasTile<T>(dy + o * 4 * VECTOR, db + o * 4 * sizeof<T>(), count, yStride, isFirst);
    }
    x += count * xStride;
    dy += count * yStride;
  }
}

function weightsTile3<T>(
  x: usize, dy: usize, dw: usize, panels: i32, xStride: usize, yStride: usize, isFirst: bool,
): void {
  const zero = v128.splat<T>(0);
  let w00 = zero, w01 = zero, w02 = zero, w03 = zero;
  let w10 = zero, w11 = zero, w12 = zero, w13 = zero;
  let w20 = zero, w21 = zero, w22 = zero, w23 = zero;
  let v0: v128, v1: v128, v2: v128, s: v128;
  for (let pair = panels >> 1; pair > 0; pair--) {
    v0 = v128.load(x), v1 = v128.load(x, VECTOR), v2 = v128.load(x, 2 * VECTOR);
    s = v128.load(dy);
    w00 = v128.add<T>(w00, v128.mul<T>(v0, s));
    w10 = v128.add<T>(w10, v128.mul<T>(v1, s));
    w20 = v128.add<T>(w20, v128.mul<T>(v2, s));
    s = v128.load(dy, VECTOR);
    w01 = v128.add<T>(w01, v128.mul<T>(v0, s));
    w11 = v128.add<T>(w11, v128.mul<T>(v1, s));
    w21 = v128.add<T>(w21, v128.mul<T>(v2, s));
    s = v128.load(dy, 2 * VECTOR);
    w02 = v128.add<T>(w02, v128.mul<T>(v0, s));
    w12 = v128.add<T>(w12, v128.mul<T>(v1, s));
    w22 = v128.add<T>(w22, v128.mul<T>(v2, s));
    s = v128.load(dy, 3 * VECTOR);
    w03 = v128.add<T>(w03, v128.mul<T>(v0, s));
    w13 = v128.add<T>(w13, v128.mul<T>(v1, s));
    w23 = v128.add<T>(w23, v128.mul<T>(v2, s));
    x += xStride;
    dy += yStride;
    v0 = v128.load(x), v1 = v128.load(x, VECTOR), v2 = v128.load(x, 2 * VECTOR);
    s = v128.load(dy);
    w00 = v128.add<T>(w00, v128.mul<T>(v0, s));
    w10 = v128.add<T>(w10, v128.mul<T>(v1, s));
    w20 = v128.add<T>(w20, v128.mul<T>(v2, s));
    s = v128.load(dy, VECTOR);
    w01 = v128.add<T>(w01, v128.mul<T>(v0, s));
    w11 = v128.add<T>(w11, v128.mul<T>(v1, s));
    w21 = v128.add<T>(w21, v128.mul<T>(v2, s));
    s = v128.load(dy, 2 * VECTOR);
    w02 = v128.add<T>(w02, v128.mul<T>(v0, s));
    w12 = v128.add<T>(w12, v128.mul<T>(v1, s));
    w22 = v128.add<T>(w22, v128.mul<T>(v2, s));
    s = v128.load(dy, 3 * VECTOR);
    w03 = v128.add<T>(w03, v128.mul<T>(v0, s));
    w13 = v128.add<T>(w13, v128.mul<T>(v1, s));
    w23 = v128.add<T>(w23, v128.mul<T>(v2, s));
    x += xStride;
    dy += yStride;
  }
  if (panels & 1) {
    v0 = v128.load(x), v1 = v128.load(x, VECTOR), v2 = v128.load(x, 2 * VECTOR);
    s = v128.load(dy);
    w00 = v128.add<T>(w00, v128.mul<T>(v0, s));
    w10 = v128.add<T>(w10, v128.mul<T>(v1, s));
    w20 = v128.add<T>(w20, v128.mul<T>(v2, s));
    s = v128.load(dy, VECTOR);
    w01 = v128.add<T>(w01, v128.mul<T>(v0, s));
    w11 = v128.add<T>(w11, v128.mul<T>(v1, s));
    w21 = v128.add<T>(w21, v128.mul<T>(v2, s));
    s = v128.load(dy, 2 * VECTOR);
    w02 = v128.add<T>(w02, v128.mul<T>(v0, s));
    w12 = v128.add<T>(w12, v128.mul<T>(v1, s));
    w22 = v128.add<T>(w22, v128.mul<T>(v2, s));
    s = v128.load(dy, 3 * VECTOR);
    w03 = v128.add<T>(w03, v128.mul<T>(v0, s));
    w13 = v128.add<T>(w13, v128.mul<T>(v1, s));
    w23 = v128.add<T>(w23, v128.mul<T>(v2, s));
  }
  storeSums<T>(dw, w00, w01, w02, w03, isFirst);
  storeSums<T>(dw + 4 * sizeof<T>(), w10, w11, w12, w13, isFirst);
  storeSums<T>(dw + 8 * sizeof<T>(), w20, w21, w22, w23, isFirst);
}

function weightsTile1<T>(
  x: usize, dy: usize, dw: usize, panels: i32, xStride: usize, yStride: usize, isFirst: bool,
): void {
  const zero = v128.splat<T>(0);
  let w0 = zero, w1 = zero, w2 = zero, w3 = zero;
  for (; panels > 0; panels--) {
    const v = v128.load(x);
    w0 = v128.add<T>(w0, v128.mul<T>(v, v128.load(dy)));
    w1 = v128.add<T>(w1, v128.mul<T>(v, v128.load(dy, VECTOR)));
    w2 = v128.add<T>(w2, v128.mul<T>(v, v128.load(dy, 2 * VECTOR)));
    w3 = v128.add<T>(w3, v128.mul<T>(v, v128.load(dy, 3 * VECTOR)));
    x += xStride;
    dy += yStride;
  }
  storeSums<T>(dw, w0, w1, w2, w3, isFirst);
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

/** Folds the lanes of four sums, (0+1)+(2+3), and stores or adds the four totals. */
// @ts-ignore: decorator
@inline
function storeSums<T>(at: usize, a: v128, b: v128, c: v128, d: v128, isFirst: bool): void {
  if (sizeof<T>() == 4) {
    const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    let sum = f32x4.add(
      f32x4.add(v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5), v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7)),
      f32x4.add(v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5), v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7)),
    );
    if (!isFirst) sum = f32x4.add(v128.load(at), sum);
    v128.store(at, sum);
  } else {
    let ab = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
    let cd = f64x2.add(v128.shuffle<f64>(c, d, 0, 2), v128.shuffle<f64>(c, d, 1, 3));
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
  const inputPanels = (inputs + 3) >> 2;
  for (let o = 0; o < outputs; o++) {
    const column = w + (<usize>(o >> 2) * inputs * 4 + (o & 3)) * sizeof<T>();
    for (let i = 0; i < inputPanels * 4; i++) {
      const value = i < inputs ? load<T>(column + <usize>i * 4 * sizeof<T>()) : <T>0;
      store<T>(wt + (<usize>((i >> 2) * outputs + o) * 4 + (i & 3)) * sizeof<T>(), value);
    }
  }
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
  c += <usize>i * step;
  let c0 = v128.load(c), c1 = v128.load(c + step), c2 = v128.load(c + 2 * step), c3 = v128.load(c + 3 * step);
  for (let h = 0; h < inner; h++) {
    const at = a + (<usize>((h >> 2) * inputs + i) * 4 + (h & 3)) * sizeof<T>();
    const v = v128.load(b);
    c0 = v128.add<T>(c0, v128.mul<T>(v, v128.load_splat<T>(at)));
    c1 = v128.add<T>(c1, v128.mul<T>(v, v128.load_splat<T>(at, 4 * sizeof<T>())));
    c2 = v128.add<T>(c2, v128.mul<T>(v, v128.load_splat<T>(at, 8 * sizeof<T>())));
    c3 = v128.add<T>(c3, v128.mul<T>(v, v128.load_splat<T>(at, 12 * sizeof<T>())));
    b += step;
  }
  v128.store(c, c0);
  v128.store(c + step, c1);
  v128.store(c + 2 * step, c2);
  v128.store(c + 3 * step, c3);
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
