/* Batch normalization, feature by feature; ../batch_norm_kernels.ts has its formulas. */

// @ts-nocheck: AssemblyScript

/** The lanes of a vector as float64: the first two, and the last two of four. */
// @ts-ignore: decorator
@inline
function firstLanes<T>(v: v128): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v) : v;
}
// @ts-ignore: decorator
@inline
function lastLanes<T>(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

/** A total of lanes; `last` holds nothing if there are two. */
// @ts-ignore: decorator
@inline
function total<T>(first: v128, last: v128): f64 {
  const sum = f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1);
  return sizeof<T>() == 4
    ? sum + (f64x2.extract_lane(last, 0) + f64x2.extract_lane(last, 1))
    : sum;
}

/** Bits set in the first and the last lanes, as float64, of the rows that the last panel has. */
// @ts-ignore: decorator
@inline
function firstRows(rows: i32): v128 {
  return i64x2.lt_s(i64x2(0, 1), i64x2.splat(<i64>rows));
}
// @ts-ignore: decorator
@inline
function lastRows(rows: i32): v128 {
  return i64x2.lt_s(i64x2(2, 3), i64x2.splat(<i64>rows));
}

/** The same as wide as T. */
// @ts-ignore: decorator
@inline
function rowsOf<T>(rows: i32): v128 {
  return sizeof<T>() == 4 ? i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rows)) : firstRows(rows);
}

/** Writes each feature's mean and variance over the rows. */
// @ts-ignore: decorator
@inline
export function batchMoments<T>(
  x: usize, mean: usize, variance: usize, rows: i32, features: i32, stride: usize,
): void {
  const lanes = <i32>(16 / sizeof<T>());
  const bytes = <usize>(rows / lanes) * stride, left = rows % lanes;
  const firstMask = firstRows(left), lastMask = lastRows(left), count = <f64>rows;
  for (let f = 0; f < features; f++, x += 16, mean += sizeof<T>(), variance += sizeof<T>()) {
    const end = x + bytes;
    let first = f64x2.splat(0), last = first;
    for (let at = x; at < end; at += stride) {
      const value = v128.load(at);
      first = f64x2.add(first, firstLanes<T>(value));
      if (sizeof<T>() == 4) last = f64x2.add(last, lastLanes<T>(value));
    }
    if (left > 0) {
      const value = v128.load(end);
      first = f64x2.add(first, v128.and(firstLanes<T>(value), firstMask));
      if (sizeof<T>() == 4) last = f64x2.add(last, v128.and(lastLanes<T>(value), lastMask));
    }
    const centre = total<T>(first, last) / count, centres = f64x2.splat(centre);
    first = f64x2.splat(0);
    last = first;
    for (let at = x; at < end; at += stride) {
      const value = v128.load(at);
      const a = f64x2.sub(firstLanes<T>(value), centres);
      first = f64x2.add(first, f64x2.mul(a, a));
      if (sizeof<T>() == 4) {
        const b = f64x2.sub(lastLanes<T>(value), centres);
        last = f64x2.add(last, f64x2.mul(b, b));
      }
    }
    if (left > 0) {
      const value = v128.load(end);
      const a = f64x2.sub(firstLanes<T>(value), centres);
      first = f64x2.add(first, v128.and(f64x2.mul(a, a), firstMask));
      if (sizeof<T>() == 4) {
        const b = f64x2.sub(lastLanes<T>(value), centres);
        last = f64x2.add(last, v128.and(f64x2.mul(b, b), lastMask));
      }
    }
    store<T>(mean, <T>centre);
    store<T>(variance, <T>(total<T>(first, last) / count));
  }
}

/** x = (x − mean)/√(variance + epsilon), then y = x·scale + shift. */
// @ts-ignore: decorator
@inline
export function normalize<T>(
  x: usize, mean: usize, variance: usize, scale: usize, shift: usize, y: usize,
  panels: i32, features: i32, stride: usize, epsilon: T,
): void {
  const bytes = <usize>panels * stride;
  for (let f = 0; f < features; f++, x += 16, y += 16) {
    const place = <usize>f * sizeof<T>();
    const means = v128.splat<T>(load<T>(mean + place));
    const factors = v128.splat<T>(<T>1 / sqrt<T>(load<T>(variance + place) + epsilon));
    const scales = v128.splat<T>(load<T>(scale + place));
    const shifts = v128.splat<T>(load<T>(shift + place));
    for (let at: usize = 0; at < bytes; at += stride) {
      const value = v128.mul<T>(v128.sub<T>(v128.load(x + at), means), factors);
      v128.store(x + at, value);
      v128.store(y + at, v128.add<T>(v128.mul<T>(value, scales), shifts));
    }
  }
}

/** dscale, dshift, and dy = scale·d·((dy − dshift/rows) − x·(dscale/rows)), 0 in padding rows. */
// @ts-ignore: decorator
@inline
export function normalizeBackward<T>(
  x: usize, dy: usize, variance: usize, scale: usize, dscale: usize, dshift: usize,
  rows: i32, features: i32, stride: usize, epsilon: T,
): void {
  const lanes = <i32>(16 / sizeof<T>());
  const bytes = <usize>(rows / lanes) * stride, left = rows % lanes;
  const firstMask = firstRows(left), lastMask = lastRows(left), mask = rowsOf<T>(left);
  const count = <f64>rows;
  for (let f = 0; f < features; f++, x += 16, dy += 16) {
    const place = <usize>f * sizeof<T>();
    const zero = f64x2.splat(0);
    let firstShift = zero, lastShift = zero, firstScale = zero, lastScale = zero;
    for (let at: usize = 0; at < bytes; at += stride) {
      const value = v128.load(x + at), gradient = v128.load(dy + at);
      const a = firstLanes<T>(gradient);
      firstShift = f64x2.add(firstShift, a);
      firstScale = f64x2.add(firstScale, f64x2.mul(a, firstLanes<T>(value)));
      if (sizeof<T>() == 4) {
        const b = lastLanes<T>(gradient);
        lastShift = f64x2.add(lastShift, b);
        lastScale = f64x2.add(lastScale, f64x2.mul(b, lastLanes<T>(value)));
      }
    }
    if (left > 0) {
      const value = v128.load(x + bytes), gradient = v128.load(dy + bytes);
      const a = firstLanes<T>(gradient), c = f64x2.mul(a, firstLanes<T>(value));
      firstShift = f64x2.add(firstShift, v128.and(a, firstMask));
      firstScale = f64x2.add(firstScale, v128.and(c, firstMask));
      if (sizeof<T>() == 4) {
        const b = lastLanes<T>(gradient), d = f64x2.mul(b, lastLanes<T>(value));
        lastShift = f64x2.add(lastShift, v128.and(b, lastMask));
        lastScale = f64x2.add(lastScale, v128.and(d, lastMask));
      }
    }
    const shiftSum = total<T>(firstShift, lastShift), scaleSum = total<T>(firstScale, lastScale);
    store<T>(dshift + place, <T>shiftSum);
    store<T>(dscale + place, <T>scaleSum);
    const factor = <T>1 / sqrt<T>(load<T>(variance + place) + epsilon);
    const factors = v128.splat<T>(load<T>(scale + place) * factor);
    const shiftMeans = v128.splat<T>(<T>(shiftSum / count));
    const scaleMeans = v128.splat<T>(<T>(scaleSum / count));
    for (let at: usize = 0; at < bytes; at += stride) {
      const centred = v128.sub<T>(v128.load(dy + at), shiftMeans);
      const slope = v128.sub<T>(centred, v128.mul<T>(v128.load(x + at), scaleMeans));
      v128.store(dy + at, v128.mul<T>(factors, slope));
    }
    if (left > 0) {
      const centred = v128.sub<T>(v128.load(dy + bytes), shiftMeans);
      const slope = v128.sub<T>(centred, v128.mul<T>(v128.load(x + bytes), scaleMeans));
      v128.store(dy + bytes, v128.and(v128.mul<T>(factors, slope), mask));
    }
  }
}
