/* Softmax with cross-entropy, one row per lane; weights of rows; copying rows into batches. */

// @ts-nocheck: AssemblyScript
import { expOfNegative, logOf } from "./math";

/** The largest logit of each lane. */
// @ts-ignore: decorator
@inline
function largest<T>(logits: usize, classes: i32): v128 {
  let most = v128.load(logits);
  for (let c = 1; c < classes; c++) most = v128.max<T>(most, v128.load(logits + c * 16));
  return most;
}

/** The labels of a panel's rows in lanes as wide as T. */
// @ts-ignore: decorator
@inline
function loadLabels<T>(labels: usize): v128 {
  return sizeof<T>() == 4 ? v128.load(labels) : v128.load32x2_s(labels);
}

/**
 * Replaces logits by the loss's gradient, (softmax − target)·scale; 0 in padding. The target is
 * (1 − smoothing)·one-hot + smoothing/classes.
 */
// @ts-ignore: decorator
@inline
export function softmaxBackward<T>(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, scale: T, smoothing: f64,
): void {
  const padded = (classes + 3) & ~3;
  const zero = v128.splat<T>(0), scales = v128.splat<T>(scale);
  const share = smoothing / <f64>classes;
  const others = v128.splat<T>(<T>share), own = v128.splat<T>(<T>(1 - smoothing + share));
  for (let panel = 0; panel < panels; panel++) {
    const most = largest<T>(logits, classes);
    let sum = zero;
    for (let c = 0; c < classes; c++) {
      const e = expOfNegative<T>(v128.sub<T>(v128.load(logits + c * 16), most));
      v128.store(logits + c * 16, e);
      sum = v128.add<T>(sum, e);
    }
    const label = loadLabels<T>(labels);
    const isRow = sizeof<T>() == 4
      ? i32x4.ge_s(label, i32x4.splat(0))
      : i64x2.ge_s(label, i64x2.splat(0));
    for (let c = 0; c < classes; c++) {
      const isLabel = sizeof<T>() == 4
        ? i32x4.eq(label, i32x4.splat(c))
        : i64x2.eq(label, i64x2.splat(c));
      const target = v128.bitselect(own, others, isLabel);
      const p = v128.div<T>(v128.load(logits + c * 16), sum);
      const gradient = v128.mul<T>(v128.sub<T>(p, target), scales);
      v128.store(logits + c * 16, v128.and(gradient, isRow));
    }
    for (let c = classes; c < padded; c++) v128.store(logits + c * 16, zero);
    logits += stride;
    labels += lanes<T>() * 4;
  }
}

// @ts-ignore: decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/**
 * Adds the cross-entropy of each row to the f64 at `sums`, and to the one after it 1 for each row
 * whose label has the largest logit (the first of equals), rows ascending.
 */
// @ts-ignore: decorator
@inline
export function softmaxEvaluate<T>(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, sums: usize,
): void {
  let loss = load<f64>(sums), correct = load<f64>(sums, 8);
  for (let panel = 0; panel < panels; panel++) {
    const most = largest<T>(logits, classes);
    let sum = v128.splat<T>(0);
    for (let c = 0; c < classes; c++) {
      sum = v128.add<T>(sum, expOfNegative<T>(v128.sub<T>(v128.load(logits + c * 16), most)));
    }
    v128.store(sums, most, 16);
    v128.store(sums, sum, 32);
    for (let lane = 0; lane < lanes<T>(); lane++) {
      const label = load<i32>(labels + lane * 4);
      if (label < 0) continue;
      const row = logits + lane * sizeof<T>();
      const highest = load<T>(sums + lane * sizeof<T>(), 16);
      const logit = load<T>(row + label * 16);
      loss += logOf(<f64>load<T>(sums + lane * sizeof<T>(), 32)) - (<f64>logit - <f64>highest);
      let first = 0;
      while (first < classes && load<T>(row + first * 16) != highest) first++;
      if (first == label) correct += 1;
    }
    logits += stride;
    labels += lanes<T>() * 4;
  }
  store<f64>(sums, loss);
  store<f64>(sums, correct, 8);
}

/** Multiplies each row b of lane panels by factors[b], padding rows included. */
// @ts-ignore: decorator
@inline
export function scaleRows<T>(
  y: usize, factors: usize, panels: i32, features: i32, stride: usize,
): void {
  for (let panel = 0; panel < panels; panel++, y += stride, factors += 16) {
    const factor = v128.load(factors);
    for (let f = 0; f < features; f++) {
      v128.store(y + f * 16, v128.mul<T>(v128.load(y + f * 16), factor));
    }
  }
}

/** Copies the rows whose numbers are at `rows` into panels; fills up the last one with zeros. */
// @ts-ignore: decorator
@inline
export function gatherRows<T>(
  source: usize, rows: usize, target: usize, count: i32, features: i32, stride: usize,
): void {
  const panels = (count + lanes<T>() - 1) / lanes<T>();
  for (let panel = 0; panel < panels; panel++) {
    for (let lane = 0; lane < lanes<T>(); lane++) {
      const b = panel * lanes<T>() + lane;
      let to = target + lane * sizeof<T>();
      if (b < count) {
        const row = load<i32>(rows + b * 4);
        let from = source + (row / lanes<T>()) * stride + (row % lanes<T>()) * sizeof<T>();
        for (let f = 0; f < features; f++, from += 16, to += 16) store<T>(to, load<T>(from));
      } else {
        for (let f = 0; f < features; f++, to += 16) store<T>(to, <T>0);
      }
    }
    target += stride;
  }
}

/** y = x + m for the first rows of lane panels, m in output panels; padding is not changed. */
// @ts-ignore: decorator
@inline
export function addMatrix<T>(
  x: usize, m: usize, y: usize, rows: i32, features: i32, stride: usize,
): void {
  const mStride = <usize>rows * 4 * sizeof<T>();
  for (let b = 0; b < rows; b++, m += 4 * sizeof<T>()) {
    const at = (b / lanes<T>()) * stride + (b % lanes<T>()) * sizeof<T>();
    let panel = m;
    for (let f = 0; f < features; f += 4, panel += mStride) {
      const width = min(4, features - f);
      for (let k = 0; k < width; k++) {
        const place = at + (f + k) * 16;
        store<T>(y + place, load<T>(x + place) + load<T>(panel + k * sizeof<T>()));
      }
    }
  }
}
