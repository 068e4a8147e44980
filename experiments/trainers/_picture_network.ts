import type { ExactMath } from "../../src/mod.ts";
import type { Weights } from "./_picture_weights.ts";
import { softmax } from "./_softmax.ts";

/** What a network makes of a picture, which `backward()` needs. */
export interface Activations {
  /** The picture with a border of one pixel, which is 0: (side + 2, side + 2). */
  readonly bordered: Float64Array;
  /** (units): what the dense layer gets. */
  readonly hidden: Float64Array;
  /** (units): where in the bordered picture the 3 × 3 pixels begin that each unit saw. */
  readonly seen: Int32Array;
  /** (classes). */
  readonly probabilities: Float64Array;
}

/**
 * Convolves a picture, (side, side), with 3 × 3 kernels, keeps the largest of each 2 × 2 pixels (max
 * pooling) if it is positive (ReLU), and classifies what is left.
 *
 * @param keep (units): what each unit is multiplied by, as dropout has it; 1 without dropout.
 */
export function forward(
  picture: Float64Array,
  { kernel, kernelBias, dense, denseBias }: Weights,
  keep: Float64Array,
  math: ExactMath,
): Activations {
  const side = Math.sqrt(picture.length);
  const stride = side + 2;
  const bordered = new Float64Array(stride * stride);
  for (let y = 0; y < side; y++) {
    bordered.set(picture.subarray(y * side, (y + 1) * side), (y + 1) * stride + 1);
  }
  const patch = patchOf(stride);
  const units = keep.length;
  const hidden = new Float64Array(units);
  const seen = new Int32Array(units);
  const half = side >> 1;
  for (let unit = 0; unit < units; unit++) {
    const channel = Math.floor(unit / (half * half));
    const corner = 2 * Math.floor(unit / half % half) * stride + 2 * (unit % half);
    let largest = -Infinity;
    for (const start of [corner, corner + 1, corner + stride, corner + stride + 1]) {
      let sum = kernelBias[channel];
      for (let k = 0; k < 9; k++) sum += kernel[9 * channel + k] * bordered[start + patch[k]];
      if (sum <= largest) continue;
      largest = sum;
      seen[unit] = start;
    }
    hidden[unit] = Math.max(largest, 0) * keep[unit];
  }
  const probabilities = denseBias.slice();
  for (let c = 0, at = 0; c < probabilities.length; c++) {
    for (let unit = 0; unit < units; unit++) probabilities[c] += dense[at++] * hidden[unit];
  }
  return { bordered, hidden, seen, probabilities: softmax(probabilities, denseBias.length, math) };
}

/** Adds the gradient of −log p(label) after `forward()` with the same dense weights. */
export function backward(
  { bordered, hidden, seen, probabilities }: Activations,
  label: number,
  dense: Float64Array,
  keep: Float64Array,
  gradient: Weights,
): void {
  const units = hidden.length;
  const classes = probabilities.length;
  const channels = gradient.kernelBias.length;
  const patch = patchOf(Math.sqrt(bordered.length));
  const dScores = probabilities.map((p, c) => p - (c === label ? 1 : 0));
  for (let c = 0; c < classes; c++) gradient.denseBias[c] += dScores[c];
  for (let unit = 0; unit < units; unit++) {
    let dHidden = 0;
    for (let c = 0; c < classes; c++) {
      gradient.dense[c * units + unit] += dScores[c] * hidden[unit];
      dHidden += dScores[c] * dense[c * units + unit];
    }
    // Neither ReLU nor dropout let anything through where it is 0.
    if (hidden[unit] === 0) continue;
    const channel = Math.floor(unit / (units / channels));
    const dSum = dHidden * keep[unit];
    gradient.kernelBias[channel] += dSum;
    for (let k = 0; k < 9; k++) {
      gradient.kernel[9 * channel + k] += dSum * bordered[seen[unit] + patch[k]];
    }
  }
}

/** How far 3 × 3 pixels are from their first one, in a picture of this width. */
function patchOf(width: number): Int32Array {
  return Int32Array.from({ length: 9 }, (_, k) => Math.floor(k / 3) * width + k % 3);
}
