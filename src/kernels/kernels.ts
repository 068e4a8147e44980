import type { BatchNormKernels } from "./batch_norm_kernels.ts";
import type { DroppedKernels } from "./dropped_kernels.ts";

/** The precision of a kernel's arithmetic. */
export type Precision = "f32" | "f64";

/** Bytes at the start of the memory that kernels use as scratch space; no matrix may be there. */
export const SCRATCH_BYTES = 24_576;

/** The most bytes that a kernel memory can have: 65,536 pages of 64 KiB, WebAssembly's limit. */
export const MOST_MEMORY_BYTES = 65_536 * 65_536;

/**
 * THE list of kernels, and what each computes; all use one memory and one precision.
 *
 * Two implementations give the same bits: the WebAssembly module (assembly/, one generic function
 * of the same name each) and plain TypeScript twins (reference.ts, which defines the letters of
 * shapes and the layouts). A kernel is a method here, a function there and a twin; the module's
 * exports and the loader derive from the list.
 *
 * Arguments named after a matrix or list are byte offsets into the memory, 16-aligned. `bytes` is
 * the length of a matrix in whole vectors, `panels` the number of lane panels, and strides are the
 * bytes from one lane panel to the next.
 */
export interface Kernels extends BatchNormKernels, DroppedKernels {
  readonly precision: Precision;
  readonly memory: WebAssembly.Memory;

  /**
   * A dense layer: y[b,o] = bias[o] + Σ_i x[b,i]·w[i,o].
   *
   * Order: starts from the bias, i ascending, multiply then add, one accumulator per element.
   */
  denseForward(
    x: number,
    w: number,
    bias: number,
    y: number,
    panels: number,
    inputs: number,
    outputPanels: number,
    xStride: number,
    yStride: number,
  ): void;

  /**
   * A dense layer's gradients: dw[i,o] = Σ_b x[b,i]·dy[b,o] and db[o] = Σ_b dy[b,o].
   *
   * Order: a sum per lane over each chunk of 128 panels, panels ascending; the lanes of a chunk are
   * folded as (0+1)+(2+3), and chunks are added one after another.
   */
  denseBackwardWeights(
    x: number,
    dy: number,
    dw: number,
    db: number,
    panels: number,
    inputs: number,
    outputPanels: number,
    xStride: number,
    yStride: number,
  ): void;

  /**
   * Weights of the layer that maps dy (B,O) to dx (B,I): wt[o,i] = w[i,o], in panels of 4 inputs,
   * so that dx = denseForward(dy, wt) with bias 0.
   */
  transposeWeights(w: number, wt: number, inputs: number, outputs: number): void;

  /**
   * c (I,O) += a (I,H)·b (H,O), all in output panels: the product of two layers' weights.
   *
   * Order: starts from c, h ascending, multiply then add, one accumulator per element.
   */
  addWeightProduct(
    a: number,
    b: number,
    c: number,
    inputs: number,
    inner: number,
    outputs: number,
  ): void;

  /** c (I,O) += x (I)·y (O). */
  addOuterProduct(x: number, y: number, c: number, inputs: number, outputs: number): void;

  /** y = max(y, 0). */
  relu(y: number, bytes: number): void;
  /** dy = dy where y > 0, else 0. */
  reluBackward(y: number, dy: number, bytes: number): void;
  /** y = tanh y. */
  tanh(y: number, bytes: number): void;
  /** dy = dy·(1 − y²). */
  tanhBackward(y: number, dy: number, bytes: number): void;
  /** z = x + y, element by element. */
  add(x: number, y: number, z: number, bytes: number): void;
  /** z = x·y, element by element. */
  multiply(x: number, y: number, z: number, bytes: number): void;
  /** z = factor·x. */
  scale(x: number, z: number, bytes: number, factor: number): void;

  /** mask = 0 where the next number of 0..2³²−1 is below `threshold`, else `scale`. */
  drawDropout(state: number, mask: number, bytes: number, threshold: number, scale: number): void;
  /** w (I,O) uniform in (−scale, scale), drawn in row-major order. */
  drawUniform(state: number, w: number, inputs: number, outputs: number, scale: number): void;
  /** w (I,O) normal with mean 0 and deviation `scale`, by the polar method, in row-major order. */
  drawNormal(state: number, w: number, inputs: number, outputs: number, scale: number): void;

  /**
   * One step of SGD with momentum, element by element:
   * g = dw + l2·w + l1·sign(w), limited to ±clip; v = momentum·v + g;
   * w = w − rate·(v + decay·w), then 0 where the mask's bits are 0.
   */
  sgdUpdate(
    w: number,
    dw: number,
    v: number,
    mask: number,
    bytes: number,
    rate: number,
    momentum: number,
    l1: number,
    l2: number,
    decay: number,
    clip: number,
  ): void;

  /** dw = dw + l2·w + l1·sign(w), limited to ±clip: the first step of `sgdUpdate()`. */
  penalizeGradient(
    w: number,
    dw: number,
    bytes: number,
    l1: number,
    l2: number,
    clip: number,
  ): void;

  /**
   * One step of Adam, element by element: m = beta1·m + (1 − beta1)·dw, s = beta2·s + (1 −
   * beta2)·dw² and a = rate/(√s + epsilon); w = w − (a·m + decay·w), then moved towards 0 by
   * a·shrinkage but not past 0, then 0 where the mask's bits are 0.
   */
  adamUpdate(
    w: number,
    dw: number,
    m: number,
    s: number,
    mask: number,
    bytes: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
    shrinkage: number,
  ): void;

  /**
   * steps = rate/(√s + epsilon), element by element: the step sizes of `adamUpdate()` with the same
   * s, rate and epsilon.
   */
  adamStepSizes(s: number, steps: number, bytes: number, rate: number, epsilon: number): void;

  /** w = w moved towards 0 by `threshold`, but not past 0. */
  softThreshold(w: number, bytes: number, threshold: number): void;

  /** y = y + share·(x − y), element by element. */
  moveTowards(x: number, y: number, bytes: number, share: number): void;

  /**
   * Replaces logits (B,C) by (softmax − target)·scale; 0 in padding rows and classes. The target is
   * (1 − smoothing)·one-hot + smoothing/C.
   */
  softmaxBackward(
    logits: number,
    labels: number,
    panels: number,
    classes: number,
    stride: number,
    scale: number,
    smoothing: number,
  ): void;

  /**
   * Adds to two float64 at `sums` the cross-entropies of the rows and the number of rows whose
   * label has the largest logit (the first of equals), rows ascending. Needs 48 bytes at `sums`.
   */
  softmaxEvaluate(
    logits: number,
    labels: number,
    panels: number,
    classes: number,
    stride: number,
    sums: number,
  ): void;

  /**
   * Replaces outputs (B,1) by the gradient of their loss: the error y − target, limited to ±delta,
   * times `scale`; 0 in padding rows and padding outputs. Targets are numbers (B), NaN in padding.
   *
   * Source: Huber, Robust estimation of a location parameter (1964). With `delta` = ∞ it is the
   * squared error's.
   */
  huberBackward(
    outputs: number,
    targets: number,
    panels: number,
    stride: number,
    scale: number,
    delta: number,
  ): void;

  /**
   * Adds to the float64 at `sums` the losses of the rows, in float64, rows ascending: ½·e² of an
   * error e where |e| ≤ delta, else delta·(|e| − ½·delta).
   */
  huberEvaluate(
    outputs: number,
    targets: number,
    panels: number,
    stride: number,
    delta: number,
    sums: number,
  ): void;

  /** y[b,f] = y[b,f]·factors[b]: y (B,F) in lane panels, padding rows included. */
  scaleRows(y: number, factors: number, panels: number, features: number, stride: number): void;

  /** Copies `count` rows, whose int32 numbers are at `rows`, into panels of the same stride. */
  gatherRows(
    source: number,
    rows: number,
    target: number,
    count: number,
    features: number,
    stride: number,
  ): void;

  /**
   * y = x + m in the first `rows` rows: x and y (B,F) in lane panels of the same stride, padding is
   * not changed; m (B,F) in output panels, as the kernels that draw weights fill it.
   */
  addMatrix(
    x: number,
    m: number,
    y: number,
    rows: number,
    features: number,
    stride: number,
  ): void;

  /** Writes Σ|w|, Σw² and the number of zeros as three float64 at `sums`. */
  weightSums(w: number, inputs: number, outputs: number, sums: number): void;

  /**
   * Sets weights with |w| < threshold·(the layer's population deviation), and their mask's bits,
   * to 0.
   *
   * @returns how many of the layer's weights are then 0.
   */
  pruneWeights(
    w: number,
    mask: number,
    inputs: number,
    outputs: number,
    threshold: number,
  ): number;

  /**
   * Adds the gradient of strength·Σ_i ‖w[i,·]‖ to dw: w[i,o]·round(strength/norm), and 0 where the
   * norm is 0.
   *
   * Order: a norm's squares are summed in float64, separately for each o mod 4, o ascending, then
   * folded as (0+1)+(2+3).
   */
  addGroupGradient(w: number, dw: number, inputs: number, outputs: number, strength: number): void;

  /**
   * Replaces each w[i,·] by the proximal operator of strength·‖w[i,·]‖ where every weight has its
   * own step size, a[i,o] > 0: the x that minimizes strength·‖x‖ + ½·Σ_o (x[o] − w[i,o])²/a[i,o].
   * It is 0 if ‖w[i,·]/a[i,·]‖ ≤ strength, else w[i,o]·t/(t + strength·a[i,o]) for the t > 0 at
   * which f(t) = Σ_o (w[i,o]/(t + strength·a[i,o]))² is 1.
   *
   * Method: Newton's method on 1/√f(t) − 1, which is concave, and linear if all steps are the same:
   * from t = 0 it never passes the root. In float64, sums as in `addGroupGradient()`.
   *
   * Source: Yuan and Lin, Model selection and estimation in regression with grouped variables
   * (2006), for equal steps; Moré and Sorensen, Computing a trust region step (1983), for the
   * equation in t.
   */
  shrinkGroups(
    w: number,
    steps: number,
    inputs: number,
    outputs: number,
    strength: number,
  ): void;

  /**
   * Scales the weights w[·,o] of each output whose L2 norm is larger than `limit` down to that
   * norm: w·round(limit/norm), the norm in float64.
   */
  limitNorms(w: number, inputs: number, outputs: number, limit: number): void;
}

/** Lanes of a vector: rows in a lane panel. */
export function lanesOf(precision: Precision): number {
  return precision === "f32" ? 4 : 2;
}
