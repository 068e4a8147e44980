import { referenceBatchNorm } from "./_reference_batch_norm.ts";
import { referenceDropped } from "./_reference_dropped.ts";
import { referenceBlock, referenceLog, referenceMath } from "./_reference_math.ts";
import { referenceMemory } from "./_reference_memory.ts";
import { referenceRegression } from "./_reference_regression.ts";
import { referenceWeights } from "./_reference_weights.ts";
import type { Kernels, Precision } from "./kernels.ts";

/** Lane panels after which a sum over rows is folded; the same as in assembly/dense.ts. */
const CHUNK_PANELS = 128;

/**
 * Plain twins of all kernels, loops written as in the definitions, over any memory.
 *
 * They define what the kernels compute, bit for bit; tests compare the two.
 *
 * Letters in shapes: B batch rows, F features, I inputs, O outputs, H units between two maps, C
 * classes. L is the number of lanes of a vector, 4 in float32 and 2 in float64.
 *
 * Layouts (layouts.ts computes their strides and places):
 * - activations (B,F): lane panels. Panel p holds rows p·L to p·L+L−1, feature by feature; row b's
 *   feature f is at byte (b div L)·stride + f·16 + (b mod L)·(16/L). The stride between panels is
 *   at least 16·F rounded up to 64; padding features of activations are 0, and so is every
 *   gradient's padding.
 * - weights (I,O): output panels of 4. Weight (i,o) is element ((o div 4)·I + i)·4 + o mod 4: the
 *   weights of input i are 4 numbers in each panel, those of output o are every fourth number of
 *   one panel. Outputs that pad the last panel are 0. Biases (O) are weights (1,O).
 * - labels: int32 per row, −1 in padding. Targets that are quantities: a number per row, NaN in
 *   padding. Factors of rows: a number per row, 0 in padding.
 * - rows (B,F): row-major, `rowPitch()` bytes apart, numbers padded with 0 to a multiple of 4.
 * - lists of dropped units of H: the number of row b's units is int32 element b of `counts`; the
 *   units are int32 at b·(H rounded up to 4) of `units`, ascending, filled up with 0 to a multiple
 *   of 4. Coefficients are laid out like units.
 */
export function referenceKernels(precision: Precision, memory: WebAssembly.Memory): Kernels {
  const { expOfNegative, tanh } = referenceMath(precision);
  const reference = referenceMemory(precision, memory);
  const { lanes, size, round, multiplyAdd, values, activationAt, weightAt, map } = reference;
  const integers = () => new Int32Array(memory.buffer);
  const doubles = () => new Float64Array(memory.buffer);

  /** Σ_b of term(b): lane sums over chunks of panels, folded and added in order. */
  function sumOverRows(panels: number, add: (sum: number, b: number) => number): number {
    let total = 0;
    for (let first = 0; first < panels; first += CHUNK_PANELS) {
      const last = Math.min(first + CHUNK_PANELS, panels);
      const sums = new Array<number>(lanes).fill(0);
      for (let b = first * lanes; b < last * lanes; b++) sums[b % lanes] = add(sums[b % lanes], b);
      const chunk = lanes === 4
        ? round(round(sums[0] + sums[1]) + round(sums[2] + sums[3]))
        : sums[0] + sums[1];
      total = first === 0 ? chunk : round(total + chunk);
    }
    return total;
  }

  /** The logits of row b. */
  function rowOf(logits: number, stride: number, classes: number, b: number): number[] {
    const x = values();
    return Array.from({ length: classes }, (_, c) => x[activationAt(logits, stride, b, c)]);
  }

  /** The largest logit, exp(logit − largest) and their sum. */
  function exponentials(row: number[]): { most: number; powers: number[]; sum: number } {
    const most = row.reduce((a, b) => Math.max(a, b));
    const powers = row.map((logit) => expOfNegative(round(logit - most)));
    return { most, powers, sum: powers.reduce((sum, power) => round(sum + power), 0) };
  }

  const stateAt = (offset: number) => new Uint32Array(memory.buffer, offset, 16);
  const toSymmetric = (word: number) => (word + 0.5) * (1 / 2147483648) - 1;

  return {
    precision,
    memory,
    ...referenceWeights(reference),
    ...referenceBatchNorm(reference),
    ...referenceDropped(reference),
    ...referenceRegression(reference),

    denseForward(x, w, bias, y, panels, inputs, outputPanels, xStride, yStride) {
      const v = values();
      for (let b = 0; b < panels * lanes; b++) {
        for (let o = 0; o < outputPanels * 4; o++) {
          let sum = v[bias / size + o];
          for (let i = 0; i < inputs; i++) {
            const xAt = activationAt(x, xStride, b, i);
            sum = multiplyAdd(sum, v[xAt], v[weightAt(w, inputs, i, o)]);
          }
          v[activationAt(y, yStride, b, o)] = sum;
        }
      }
    },

    denseBackwardWeights(x, dy, dw, db, panels, inputs, outputPanels, xStride, yStride) {
      const v = values();
      for (let o = 0; o < outputPanels * 4; o++) {
        const dyAt = (b: number) => v[activationAt(dy, yStride, b, o)];
        for (let i = 0; i < inputs; i++) {
          v[weightAt(dw, inputs, i, o)] = sumOverRows(
            panels,
            (sum, b) => multiplyAdd(sum, v[activationAt(x, xStride, b, i)], dyAt(b)),
          );
        }
        v[db / size + o] = sumOverRows(panels, (sum, b) => round(sum + dyAt(b)));
      }
    },

    transposeWeights(w, wt, inputs, outputs) {
      const v = values();
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < Math.ceil(inputs / 4) * 4; i++) {
          v[weightAt(wt, outputs, o, i)] = i < inputs ? v[weightAt(w, inputs, i, o)] : 0;
        }
      }
    },

    addWeightProduct(a, b, c, inputs, inner, outputs) {
      const v = values();
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < Math.ceil(outputs / 4) * 4; o++) {
          let sum = v[weightAt(c, inputs, i, o)];
          for (let h = 0; h < inner; h++) {
            sum = multiplyAdd(sum, v[weightAt(b, inner, h, o)], v[weightAt(a, inputs, i, h)]);
          }
          v[weightAt(c, inputs, i, o)] = sum;
        }
      }
    },

    addOuterProduct(x, y, c, inputs, outputs) {
      const v = values();
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < Math.ceil(outputs / 4) * 4; o++) {
          const at = weightAt(c, inputs, i, o);
          v[at] = multiplyAdd(v[at], v[x / size + i], v[y / size + o]);
        }
      }
    },

    relu: (y, bytes) => map(y, bytes, (value) => value < 0 ? 0 : value),

    reluBackward(y, dy, bytes) {
      const v = values();
      map(dy, bytes, (gradient, n) => v[y / size + n] > 0 ? gradient : 0);
    },

    tanh: (y, bytes) => map(y, bytes, tanh),

    tanhBackward(y, dy, bytes) {
      const v = values();
      map(dy, bytes, (gradient, n) => {
        const value = v[y / size + n];
        return round(gradient * round(1 - round(value * value)));
      });
    },

    add(x, y, z, bytes) {
      const v = values();
      map(z, bytes, (_, n) => round(v[x / size + n] + v[y / size + n]));
    },

    multiply(x, y, z, bytes) {
      const v = values();
      map(z, bytes, (_, n) => round(v[x / size + n] * v[y / size + n]));
    },

    scale(x, z, bytes, factor) {
      const v = values();
      map(z, bytes, (_, n) => round(v[x / size + n] * round(factor)));
    },

    drawDropout(state, mask, bytes, threshold, scale) {
      const words = stateAt(state);
      let block: number[] = [];
      map(mask, bytes, (_, n) => {
        if (n % 4 === 0) block = referenceBlock(words);
        return block[n % 4] < threshold ? 0 : scale;
      });
    },

    drawUniform(state, w, inputs, outputs, scale) {
      const v = values();
      let block: number[] = [];
      for (let n = 0; n < inputs * outputs; n++) {
        if (n % 4 === 0) block = referenceBlock(stateAt(state));
        const at = weightAt(w, inputs, Math.floor(n / outputs), n % outputs);
        v[at] = toSymmetric(block[n % 4]) * scale;
      }
    },

    drawNormal(state, w, inputs, outputs, scale) {
      const v = values();
      let n = 0;
      const put = (value: number) => {
        if (n === inputs * outputs) return;
        v[weightAt(w, inputs, Math.floor(n / outputs), n % outputs)] = value;
        n++;
      };
      while (n < inputs * outputs) {
        const xs = referenceBlock(stateAt(state)), ys = referenceBlock(stateAt(state));
        for (let lane = 0; lane < 4; lane++) {
          const x = toSymmetric(xs[lane]), y = toSymmetric(ys[lane]);
          const s = x * x + y * y;
          if (s >= 1) continue;
          const factor = Math.sqrt((-2 * referenceLog(s)) / s) * scale;
          put(x * factor);
          put(y * factor);
        }
      }
    },

    softmaxBackward(logits, labels, panels, classes, stride, scale, smoothing) {
      const v = values();
      const others = round(smoothing / classes);
      const own = round(1 - smoothing + smoothing / classes);
      for (let b = 0; b < panels * lanes; b++) {
        const label = integers()[labels / 4 + b];
        const { powers, sum } = exponentials(rowOf(logits, stride, classes, b));
        for (let c = 0; c < Math.ceil(classes / 4) * 4; c++) {
          const target = c === label ? own : others;
          v[activationAt(logits, stride, b, c)] = c < classes && label >= 0
            ? round(round(round(powers[c] / sum) - target) * round(scale))
            : 0;
        }
      }
    },

    softmaxEvaluate(logits, labels, panels, classes, stride, sums) {
      const totals = doubles();
      for (let b = 0; b < panels * lanes; b++) {
        const row = rowOf(logits, stride, classes, b);
        const { most, sum } = exponentials(row);
        values()[sums / size + lanes + b % lanes] = most;
        values()[sums / size + 2 * lanes + b % lanes] = sum;
        const label = integers()[labels / 4 + b];
        if (label < 0) continue;
        totals[sums / 8] += referenceLog(sum) - (row[label] - most);
        if (row.indexOf(most) === label) totals[sums / 8 + 1] += 1;
      }
    },

    scaleRows(y, factors, panels, features, stride) {
      const v = values();
      for (let b = 0; b < panels * lanes; b++) {
        for (let f = 0; f < features; f++) {
          const at = activationAt(y, stride, b, f);
          v[at] = round(v[at] * v[factors / size + b]);
        }
      }
    },

    gatherRows(source, rows, target, count, features, stride) {
      const v = values();
      for (let b = 0; b < Math.ceil(count / lanes) * lanes; b++) {
        for (let f = 0; f < features; f++) {
          const row = integers()[rows / 4 + b];
          v[activationAt(target, stride, b, f)] = b < count
            ? v[activationAt(source, stride, row, f)]
            : 0;
        }
      }
    },

    addMatrix(x, m, y, rows, features, stride) {
      const v = values();
      for (let b = 0; b < rows; b++) {
        for (let f = 0; f < features; f++) {
          v[activationAt(y, stride, b, f)] = round(
            v[activationAt(x, stride, b, f)] + v[weightAt(m, rows, b, f)],
          );
        }
      }
    },
  };
}
