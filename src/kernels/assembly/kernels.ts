/* The module's exports: every kernel in float32 and in float64, from one source. */

// @ts-nocheck: AssemblyScript
import {
  addOuterProduct, addWeightProduct, denseBackwardWeights, denseForward, transposeWeights,
} from "./dense";
import {
  addRowsToPanels, combineDropped, dotDropped, drawDropped, panelsToRows, rowsToWeights, sumDropped, transposeDropped,
  weightsToRows,
} from "./dropped";
import { drawDropout, multiply, relu, reluBackward, scale, tanhBackward, tanhForward } from "./elementwise";
import { drawNormal, drawUniform } from "./random";
import { addMatrix, gatherRows, softmaxBackward, softmaxEvaluate } from "./rows";
import { adamUpdate, penalizeGradient, sgdUpdate, softThreshold } from "./update";
import { limitNorms, pruneWeights, weightSums } from "./weights";

export function f32_dense_forward(
  x: usize, w: usize, bias: usize, y: usize, panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  denseForward<f32>(x, w, bias, y, panels, inputs, outputPanels, xStride, yStride);
}
export function f32_dense_backward_weights(
  x: usize, dy: usize, dw: usize, db: usize, panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  denseBackwardWeights<f32>(x, dy, dw, db, panels, inputs, outputPanels, xStride, yStride);
}
export function f32_transpose_weights(w: usize, wt: usize, inputs: i32, outputs: i32): void {
  transposeWeights<f32>(w, wt, inputs, outputs);
}
export function f32_add_weight_product(
  a: usize, b: usize, c: usize, inputs: i32, inner: i32, outputs: i32,
): void {
  addWeightProduct<f32>(a, b, c, inputs, inner, outputs);
}
export function f32_add_outer_product(
  x: usize, y: usize, c: usize, inputs: i32, outputs: i32,
): void {
  addOuterProduct<f32>(x, y, c, inputs, outputs);
}
export function f32_relu(y: usize, bytes: usize): void {
  relu<f32>(y, bytes);
}
export function f32_relu_backward(y: usize, dy: usize, bytes: usize): void {
  reluBackward<f32>(y, dy, bytes);
}
export function f32_tanh(y: usize, bytes: usize): void {
  tanhForward<f32>(y, bytes);
}
export function f32_tanh_backward(y: usize, dy: usize, bytes: usize): void {
  tanhBackward<f32>(y, dy, bytes);
}
export function f32_multiply(x: usize, y: usize, z: usize, bytes: usize): void {
  multiply<f32>(x, y, z, bytes);
}
export function f32_draw_dropout(
  state: usize, mask: usize, bytes: usize, threshold: u32, scale: f32,
): void {
  drawDropout<f32>(state, mask, bytes, threshold, scale);
}
export function f32_draw_dropped(
  state: usize, units: usize, counts: usize, panels: i32, width: i32, stride: usize, threshold: u32,
): void {
  drawDropped<f32>(state, units, counts, panels, width, stride, threshold);
}
export function f32_panels_to_rows(
  x: usize, rows: usize, panels: i32, features: i32, stride: usize,
): void {
  panelsToRows<f32>(x, rows, panels, features, stride);
}
export function f32_add_rows_to_panels(
  rows: usize, x: usize, panels: i32, features: i32, stride: usize,
): void {
  addRowsToPanels<f32>(rows, x, panels, features, stride);
}
export function f32_weights_to_rows(
  w: usize, rows: usize, inputs: i32, outputs: i32,
): void {
  weightsToRows<f32>(w, rows, inputs, outputs);
}
export function f32_rows_to_weights(
  rows: usize, w: usize, inputs: i32, outputs: i32,
): void {
  rowsToWeights<f32>(rows, w, inputs, outputs);
}
export function f32_dot_dropped(
  x: usize, r: usize, bias: usize, units: usize, counts: usize, coefficients: usize, rows: i32, features: i32, width: i32,
): void {
  dotDropped<f32>(x, r, bias, units, counts, coefficients, rows, features, width);
}
export function f32_combine_dropped(
  coefficients: usize, r: usize, out: usize, units: usize, counts: usize, rows: i32, features: i32, width: i32,
): void {
  combineDropped<f32>(coefficients, r, out, units, counts, rows, features, width);
}
export function f32_transpose_dropped(
  units: usize, counts: usize, a: usize, b: usize, rows: i32, width: i32,
  unitRows: usize, unitCounts: usize, unitA: usize, unitB: usize,
): void {
  transposeDropped<f32>(units, counts, a, b, rows, width, unitRows, unitCounts, unitA, unitB);
}
export function f32_sum_dropped(
  coefficients: usize, sums: usize, counts: usize, rows: i32, width: i32,
): void {
  sumDropped<f32>(coefficients, sums, counts, rows, width);
}
export function f32_scale(
  x: usize, z: usize, bytes: usize, factor: f32,
): void {
  scale<f32>(x, z, bytes, factor);
}
export function f32_draw_uniform(
  state: usize, w: usize, inputs: i32, outputs: i32, scale: f64,
): void {
  drawUniform<f32>(state, w, inputs, outputs, scale);
}
export function f32_draw_normal(
  state: usize, w: usize, inputs: i32, outputs: i32, scale: f64,
): void {
  drawNormal<f32>(state, w, inputs, outputs, scale);
}
export function f32_sgd_update(
  w: usize, dw: usize, v: usize, mask: usize, bytes: usize, rate: f32, momentum: f32, l1: f32, l2: f32, decay: f32, clip: f32,
): void {
  sgdUpdate<f32>(w, dw, v, mask, bytes, rate, momentum, l1, l2, decay, clip);
}
export function f32_penalize_gradient(
  w: usize, dw: usize, bytes: usize, l1: f32, l2: f32, clip: f32,
): void {
  penalizeGradient<f32>(w, dw, bytes, l1, l2, clip);
}
export function f32_adam_update(
  w: usize, dw: usize, m: usize, s: usize, mask: usize, bytes: usize, rate: f32, beta1: f64, beta2: f64, epsilon: f32, decay: f32, shrinkage: f32,
): void {
  adamUpdate<f32>(w, dw, m, s, mask, bytes, rate, beta1, beta2, epsilon, decay, shrinkage);
}
export function f32_soft_threshold(w: usize, bytes: usize, threshold: f32): void {
  softThreshold<f32>(w, bytes, threshold);
}
export function f32_softmax_backward(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, scale: f32, smoothing: f64,
): void {
  softmaxBackward<f32>(logits, labels, panels, classes, stride, scale, smoothing);
}
export function f32_softmax_evaluate(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, sums: usize,
): void {
  softmaxEvaluate<f32>(logits, labels, panels, classes, stride, sums);
}
export function f32_gather_rows(
  source: usize, rows: usize, target: usize, count: i32, features: i32, stride: usize,
): void {
  gatherRows<f32>(source, rows, target, count, features, stride);
}
export function f32_add_matrix(
  x: usize, m: usize, y: usize, rows: i32, features: i32, stride: usize,
): void {
  addMatrix<f32>(x, m, y, rows, features, stride);
}
export function f32_weight_sums(w: usize, inputs: i32, outputs: i32, sums: usize): void {
  weightSums<f32>(w, inputs, outputs, sums);
}
export function f32_prune_weights(
  w: usize, mask: usize, inputs: i32, outputs: i32, threshold: f64,
): i32 {
  return pruneWeights<f32>(w, mask, inputs, outputs, threshold);
}
export function f32_limit_norms(w: usize, inputs: i32, outputs: i32, limit: f64): void {
  limitNorms<f32>(w, inputs, outputs, limit);
}
export function f64_dense_forward(
  x: usize, w: usize, bias: usize, y: usize, panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  denseForward<f64>(x, w, bias, y, panels, inputs, outputPanels, xStride, yStride);
}
export function f64_dense_backward_weights(
  x: usize, dy: usize, dw: usize, db: usize, panels: i32, inputs: i32, outputPanels: i32, xStride: usize, yStride: usize,
): void {
  denseBackwardWeights<f64>(x, dy, dw, db, panels, inputs, outputPanels, xStride, yStride);
}
export function f64_transpose_weights(w: usize, wt: usize, inputs: i32, outputs: i32): void {
  transposeWeights<f64>(w, wt, inputs, outputs);
}
export function f64_add_weight_product(
  a: usize, b: usize, c: usize, inputs: i32, inner: i32, outputs: i32,
): void {
  addWeightProduct<f64>(a, b, c, inputs, inner, outputs);
}
export function f64_add_outer_product(
  x: usize, y: usize, c: usize, inputs: i32, outputs: i32,
): void {
  addOuterProduct<f64>(x, y, c, inputs, outputs);
}
export function f64_relu(y: usize, bytes: usize): void {
  relu<f64>(y, bytes);
}
export function f64_relu_backward(y: usize, dy: usize, bytes: usize): void {
  reluBackward<f64>(y, dy, bytes);
}
export function f64_tanh(y: usize, bytes: usize): void {
  tanhForward<f64>(y, bytes);
}
export function f64_tanh_backward(y: usize, dy: usize, bytes: usize): void {
  tanhBackward<f64>(y, dy, bytes);
}
export function f64_multiply(x: usize, y: usize, z: usize, bytes: usize): void {
  multiply<f64>(x, y, z, bytes);
}
export function f64_draw_dropout(
  state: usize, mask: usize, bytes: usize, threshold: u32, scale: f64,
): void {
  drawDropout<f64>(state, mask, bytes, threshold, scale);
}
export function f64_draw_dropped(
  state: usize, units: usize, counts: usize, panels: i32, width: i32, stride: usize, threshold: u32,
): void {
  drawDropped<f64>(state, units, counts, panels, width, stride, threshold);
}
export function f64_panels_to_rows(
  x: usize, rows: usize, panels: i32, features: i32, stride: usize,
): void {
  panelsToRows<f64>(x, rows, panels, features, stride);
}
export function f64_add_rows_to_panels(
  rows: usize, x: usize, panels: i32, features: i32, stride: usize,
): void {
  addRowsToPanels<f64>(rows, x, panels, features, stride);
}
export function f64_weights_to_rows(
  w: usize, rows: usize, inputs: i32, outputs: i32,
): void {
  weightsToRows<f64>(w, rows, inputs, outputs);
}
export function f64_rows_to_weights(
  rows: usize, w: usize, inputs: i32, outputs: i32,
): void {
  rowsToWeights<f64>(rows, w, inputs, outputs);
}
export function f64_dot_dropped(
  x: usize, r: usize, bias: usize, units: usize, counts: usize, coefficients: usize, rows: i32, features: i32, width: i32,
): void {
  dotDropped<f64>(x, r, bias, units, counts, coefficients, rows, features, width);
}
export function f64_combine_dropped(
  coefficients: usize, r: usize, out: usize, units: usize, counts: usize, rows: i32, features: i32, width: i32,
): void {
  combineDropped<f64>(coefficients, r, out, units, counts, rows, features, width);
}
export function f64_transpose_dropped(
  units: usize, counts: usize, a: usize, b: usize, rows: i32, width: i32,
  unitRows: usize, unitCounts: usize, unitA: usize, unitB: usize,
): void {
  transposeDropped<f64>(units, counts, a, b, rows, width, unitRows, unitCounts, unitA, unitB);
}
export function f64_sum_dropped(
  coefficients: usize, sums: usize, counts: usize, rows: i32, width: i32,
): void {
  sumDropped<f64>(coefficients, sums, counts, rows, width);
}
export function f64_scale(
  x: usize, z: usize, bytes: usize, factor: f64,
): void {
  scale<f64>(x, z, bytes, factor);
}
export function f64_draw_uniform(
  state: usize, w: usize, inputs: i32, outputs: i32, scale: f64,
): void {
  drawUniform<f64>(state, w, inputs, outputs, scale);
}
export function f64_draw_normal(
  state: usize, w: usize, inputs: i32, outputs: i32, scale: f64,
): void {
  drawNormal<f64>(state, w, inputs, outputs, scale);
}
export function f64_sgd_update(
  w: usize, dw: usize, v: usize, mask: usize, bytes: usize, rate: f64, momentum: f64, l1: f64, l2: f64, decay: f64, clip: f64,
): void {
  sgdUpdate<f64>(w, dw, v, mask, bytes, rate, momentum, l1, l2, decay, clip);
}
export function f64_penalize_gradient(
  w: usize, dw: usize, bytes: usize, l1: f64, l2: f64, clip: f64,
): void {
  penalizeGradient<f64>(w, dw, bytes, l1, l2, clip);
}
export function f64_adam_update(
  w: usize, dw: usize, m: usize, s: usize, mask: usize, bytes: usize, rate: f64, beta1: f64, beta2: f64, epsilon: f64, decay: f64, shrinkage: f64,
): void {
  adamUpdate<f64>(w, dw, m, s, mask, bytes, rate, beta1, beta2, epsilon, decay, shrinkage);
}
export function f64_soft_threshold(w: usize, bytes: usize, threshold: f64): void {
  softThreshold<f64>(w, bytes, threshold);
}
export function f64_softmax_backward(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, scale: f64, smoothing: f64,
): void {
  softmaxBackward<f64>(logits, labels, panels, classes, stride, scale, smoothing);
}
export function f64_softmax_evaluate(
  logits: usize, labels: usize, panels: i32, classes: i32, stride: usize, sums: usize,
): void {
  softmaxEvaluate<f64>(logits, labels, panels, classes, stride, sums);
}
export function f64_gather_rows(
  source: usize, rows: usize, target: usize, count: i32, features: i32, stride: usize,
): void {
  gatherRows<f64>(source, rows, target, count, features, stride);
}
export function f64_add_matrix(
  x: usize, m: usize, y: usize, rows: i32, features: i32, stride: usize,
): void {
  addMatrix<f64>(x, m, y, rows, features, stride);
}
export function f64_weight_sums(w: usize, inputs: i32, outputs: i32, sums: usize): void {
  weightSums<f64>(w, inputs, outputs, sums);
}
export function f64_prune_weights(
  w: usize, mask: usize, inputs: i32, outputs: i32, threshold: f64,
): i32 {
  return pruneWeights<f64>(w, mask, inputs, outputs, threshold);
}
export function f64_limit_norms(w: usize, inputs: i32, outputs: i32, limit: f64): void {
  limitNorms<f64>(w, inputs, outputs, limit);
}
