import type { Kernels } from "../../kernels/kernels.ts";
import { bytesAt, copyBytes } from "../kept_bytes.ts";
import type { Arena } from "./arena.ts";

/** y = x·w + b with its gradients, as byte offsets of kernel memory. */
export interface Affine {
  readonly inputs: number;
  readonly outputs: number;
  readonly outputPanels: number;
  readonly weightBytes: number;
  readonly biasBytes: number;
  /** Weights (I,O), their gradient, and the weights transposed (O,I). */
  readonly w: number;
  readonly dw: number;
  readonly wt: number;
  /** Biases (O) and their gradient. */
  readonly b: number;
  readonly db: number;
  /** The two maps that this is the product of; absent for a layer. */
  readonly factors?: { readonly left: Affine; readonly right: Affine };
}

/** Reserves the regions of an affine map; `size` is a number's bytes. */
export function reserveAffine(
  arena: Arena,
  inputs: number,
  outputs: number,
  size: number,
): Affine {
  const outputPanels = Math.ceil(outputs / 4);
  const weightBytes = inputs * outputPanels * 4 * size;
  const biasBytes = outputPanels * 4 * size;
  return {
    inputs,
    outputs,
    outputPanels,
    weightBytes,
    biasBytes,
    w: arena.region(weightBytes),
    dw: arena.region(weightBytes),
    wt: arena.region(Math.ceil(inputs / 4) * 4 * outputs * size),
    b: arena.region(biasBytes),
    db: arena.region(biasBytes),
  };
}

/** Reserves the map that applies `left` and then `right`: x·(left·right). */
export function reserveProduct(arena: Arena, left: Affine, right: Affine, size: number): Affine {
  return { ...reserveAffine(arena, left.inputs, right.outputs, size), factors: { left, right } };
}

/**
 * Multiplications of a training step with two maps one after the other, and with one map that is
 * their product: forward and weight gradient for every row, and the input gradient unless
 * `isFirst`; the three products that compute and decompose a product are counted once for all rows.
 */
export function productCost(
  left: Affine,
  right: Affine,
  { rows, isFirst }: { rows: number; isFirst: boolean },
): { apart: number; together: number } {
  const passes = isFirst ? 2 : 3;
  const { inputs, outputs: inner } = left;
  const { outputs } = right;
  return {
    apart: rows * (passes * inputs * inner + 3 * inner * outputs),
    together: rows * passes * inputs * outputs + 3 * inputs * inner * outputs,
  };
}

/** Whether one map takes fewer multiplications than the two that it is the product of. */
export function isProductCheaper(
  left: Affine,
  right: Affine,
  options: { rows: number; isFirst: boolean },
): boolean {
  const { apart, together } = productCost(left, right, options);
  return together < apart;
}

/** Computes a product's weights and biases from those of its factors; leaves a layer as it is. */
export function composeProduct(kernels: Kernels, product: Affine): void {
  if (!product.factors) return;
  const { left, right } = product.factors;
  composeProduct(kernels, left);
  bytesAt(kernels, product.w, product.weightBytes).fill(0);
  copyBytes(kernels, right.b, product.b, right.biasBytes);
  const { inputs, outputs: inner } = left;
  kernels.addWeightProduct(left.w, right.w, product.w, inputs, inner, right.outputs);
  kernels.addWeightProduct(left.b, right.w, product.b, 1, inner, right.outputs);
}

/**
 * Computes the factors' gradients from a product's; leaves a layer as it is.
 *
 * With G and g the gradients of the product's weights and biases: d right.w = left.wᵀ·G + left.b·g,
 * d left.w = G·right.wᵀ, d right.b = g and d left.b = g·right.wᵀ. If `isCorrected`, they are added
 * to the factors' existing gradients.
 */
export function decomposeGradient(
  kernels: Kernels,
  product: Affine,
  { isCorrected = false } = {},
): void {
  if (!product.factors) return;
  const { left, right } = product.factors;
  const { inputs, outputs: inner } = left;
  const { outputs } = right;
  for (const { dw, weightBytes, db, biasBytes } of isCorrected ? [] : [left, right]) {
    bytesAt(kernels, dw, weightBytes).fill(0);
    bytesAt(kernels, db, biasBytes).fill(0);
  }
  kernels.transposeWeights(left.w, left.wt, inputs, inner);
  kernels.transposeWeights(right.w, right.wt, inner, outputs);
  kernels.addWeightProduct(left.wt, product.dw, right.dw, inner, inputs, outputs);
  kernels.addOuterProduct(left.b, product.db, right.dw, inner, outputs);
  kernels.addWeightProduct(product.dw, right.wt, left.dw, inputs, outputs, inner);
  kernels.addWeightProduct(product.db, right.wt, left.db, 1, outputs, inner);
  copyBytes(kernels, product.db, right.db, product.biasBytes);
  decomposeGradient(kernels, left);
}
