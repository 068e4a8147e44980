import { referenceBlock, referenceLog, referenceMath } from "./_reference_math.ts";
import { type Kernels, lanesOf, type Precision } from "./kernels.ts";

/** Lane panels after which a sum over rows is folded; the same as in assembly/dense.ts. */
const CHUNK_PANELS = 128;

/**
 * Plain twins of all kernels, loop by loop as their definitions say, over any memory.
 *
 * They state what the kernels compute, to the bit; tests hold the two against each other.
 */
export function referenceKernels(precision: Precision, memory: WebAssembly.Memory): Kernels {
  const { round, expOfNegative, tanh } = referenceMath(precision);
  const lanes = lanesOf(precision);
  const size = 16 / lanes;

  const values = () =>
    precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const integers = () => new Int32Array(memory.buffer);
  const doubles = () => new Float64Array(memory.buffer);

  /** Element of row b, feature f in lane panels at a byte offset. */
  const activationAt = (offset: number, stride: number, b: number, f: number) =>
    (offset + Math.floor(b / lanes) * stride + f * 16) / size + b % lanes;

  /** Element of weight (i,o) in output panels at a byte offset. */
  const weightAt = (offset: number, inputs: number, i: number, o: number) =>
    offset / size + ((o >> 2) * inputs + i) * 4 + (o & 3);

  const multiplyAdd = (sum: number, a: number, b: number) => round(sum + round(a * b));

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

  /** Applies f to each element of `bytes` at the offset. */
  function map(offset: number, bytes: number, f: (value: number, n: number) => number): void {
    const x = values();
    for (let n = 0; n < bytes / size; n++) x[offset / size + n] = f(x[offset / size + n], n);
  }

  /** Calls f with the element of each weight, padding left out, in the order they are stored. */
  function forEachWeight(w: number, inputs: number, outputs: number, f: (at: number) => void) {
    for (let first = 0; first < outputs; first += 4) {
      for (let i = 0; i < inputs; i++) {
        for (let o = first; o < Math.min(first + 4, outputs); o++) f(weightAt(w, inputs, i, o));
      }
    }
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

    multiply(x, y, z, bytes) {
      const v = values();
      map(z, bytes, (_, n) => round(v[x / size + n] * v[y / size + n]));
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

    sgdUpdate(w, dw, v, mask, bytes, ...hyperparameters) {
      const [rate, momentum, l1, l2, decay, clip] = hyperparameters.map(round);
      const x = values();
      const isKept = bytesAt(memory, mask, bytes, size);
      map(w, bytes, (weight, n) => {
        let g = multiplyAdd(x[dw / size + n], l2, weight);
        if (weight > 0) g = round(g + l1);
        if (weight < 0) g = round(g - l1);
        g = Math.max(Math.min(g, clip), -clip);
        const velocity = round(round(momentum * x[v / size + n]) + g);
        x[v / size + n] = velocity;
        const change = round(rate * round(velocity + round(decay * weight)));
        return isKept[n] ? round(weight - change) : 0;
      });
    },

    softmaxBackward(logits, labels, panels, classes, stride, scale) {
      const v = values();
      for (let b = 0; b < panels * lanes; b++) {
        const label = integers()[labels / 4 + b];
        const { powers, sum } = exponentials(rowOf(logits, stride, classes, b));
        for (let c = 0; c < Math.ceil(classes / 4) * 4; c++) {
          const target = c === label ? 1 : 0;
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

    weightSums(w, inputs, outputs, sums) {
      const v = values();
      let l1 = 0, squares = 0, zeros = 0;
      forEachWeight(w, inputs, outputs, (at) => {
        l1 += Math.abs(v[at]);
        squares += v[at] * v[at];
        if (v[at] === 0) zeros += 1;
      });
      doubles().set([l1, squares, zeros], sums / 8);
    },

    pruneWeights(w, mask, inputs, outputs, threshold) {
      const v = values();
      const count = inputs * outputs;
      let sum = 0, squares = 0, zeros = 0;
      forEachWeight(w, inputs, outputs, (at) => sum += v[at]);
      const mean = sum / count;
      forEachWeight(w, inputs, outputs, (at) => squares += (v[at] - mean) * (v[at] - mean));
      const limit = threshold * Math.sqrt(squares / count);
      forEachWeight(w, inputs, outputs, (at) => {
        if (Math.abs(v[at]) < limit) {
          v[at] = 0;
          v[at + (mask - w) / size] = 0;
        }
        if (v[at] === 0) zeros++;
      });
      return zeros;
    },
  };
}

/** Whether any bit of each element's mask is set: a mask is all ones or all zeros. */
function bytesAt(memory: WebAssembly.Memory, mask: number, bytes: number, size: number) {
  const words = new Int32Array(memory.buffer, mask, bytes / 4);
  return Array.from({ length: bytes / size }, (_, n) => words[n * size / 4] !== 0);
}
