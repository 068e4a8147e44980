import { type Kernels, lanesOf } from "../kernels/kernels.ts";
import { type RandomStream, randomStream } from "../random_stream.ts";
import {
  type Affine,
  composeProduct,
  decomposeGradient,
  isProductCheaper,
  reserveAffine,
  reserveProduct,
} from "./_affine.ts";
import type { Arena } from "./_arena.ts";
import type { Activation, MlpConfig } from "./mlp_config.ts";
import type { TrainedLayer } from "./trainer.ts";

/** Rows in lane panels: a matrix of activations, see kernels.ts. */
export interface Rows {
  /** Byte offset of the values. */
  readonly values: number;
  /** Bytes from panel to panel. */
  readonly stride: number;
  /** Byte offset of the labels. */
  readonly labels: number;
  readonly count: number;
}

/** One dense layer's parameters. */
export interface DenseLayer extends Affine {
  /** Velocities of weights and biases, and the weights' mask. */
  readonly v: number;
  readonly vb: number;
  readonly mask: number;
  /** State of the layer's generator: of its initial weights, then of its dropout. */
  readonly random: number;
}

/** What a pass does at once: an affine map, an activation and dropout. */
interface Stage {
  /** A layer, or the product of layers with nothing nonlinear between them. */
  readonly affine: Affine;
  readonly activation: Activation;
  /** Activations (B,O) and their gradient: logits in the last stage. */
  readonly h: number;
  readonly dh: number;
  readonly stride: number;
  /** Probability of dropping a unit; where it is not 0, what follows the activations. */
  readonly dropout: number;
  readonly dropped: number;
  readonly dropoutMask: number;
  readonly random: number;
}

/** What one evaluation needs of the weights. */
export interface WeightSums {
  readonly l1: number;
  readonly squares: number;
  /** Share of weights that are exactly 0. */
  readonly sparsity: number;
}

/** Bytes from lane panel to lane panel: an odd number of cache lines, so that panels spread over
 * all sets of a cache. */
export function panelStride(features: number): number {
  const lines = Math.ceil(features / 4);
  return 64 * (lines % 2 === 0 ? lines + 1 : lines);
}

/** Bytes that `rows` rows of some features take. */
export function panelBytes(kernels: Kernels, rows: number, features: number): number {
  return Math.ceil(rows / lanesOf(kernels.precision)) * panelStride(features);
}

/** What a model is laid out for. */
export interface ModelShape {
  readonly features: number;
  readonly classes: number;
  /** Rows of a training step. */
  readonly batchRows: number;
  /** The most rows that a pass takes. */
  readonly capacity: number;
}

/**
 * A multilayer perceptron: its parameters, and one forward and backward pass in kernels.
 *
 * Build it, let the arena allocate, then call `initialize()`. Layers that nothing nonlinear stands
 * between are passed as one where that is less work: x·(w₀·w₁) in place of (x·w₀)·w₁.
 */
export class MlpModel {
  readonly #kernels: Kernels;
  readonly #config: MlpConfig;
  /** First to last. */
  readonly layers: readonly DenseLayer[];
  readonly #stages: readonly Stage[];
  readonly #sums: number;
  /** Zeros as long as the widest layer: the bias of a backward pass. */
  readonly #noBias: number;
  /** All bits set, as long as the widest layer: biases are never masked. */
  readonly #noMask: number;
  readonly #widest: number;

  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, shape: ModelShape) {
    this.#kernels = kernels;
    this.#config = config;
    const widths = [shape.features, ...config.hidden, shape.classes];
    const size = 16 / lanesOf(kernels.precision);
    this.#widest = Math.max(...widths) * size + 64;
    this.#sums = arena.region(64);
    this.#noBias = arena.region(this.#widest);
    this.#noMask = arena.region(this.#widest);
    this.layers = widths.slice(1).map((outputs, n) => {
      const affine = reserveAffine(arena, widths[n], outputs, size);
      return {
        ...affine,
        v: arena.region(affine.weightBytes),
        vb: arena.region(affine.biasBytes),
        mask: arena.region(affine.weightBytes),
        random: arena.region(64),
      };
    });
    this.#stages = this.#reserveStages(arena, shape, size);
  }

  #reserveStages(arena: Arena, { batchRows, capacity }: ModelShape, size: number): Stage[] {
    const { activation, dropout } = this.#config;
    const stages: Stage[] = [];
    let affine: Affine = this.layers[0];
    this.layers.forEach(({ random }, n) => {
      const next = this.layers[n + 1];
      const isLinear = activation[n] === "identity" && dropout[n] === 0;
      const options = { rows: batchRows, isFirst: stages.length === 0 };
      if (next && isLinear && isProductCheaper(affine, next, options)) {
        affine = reserveProduct(arena, affine, next, size);
        return;
      }
      const bytes = panelBytes(this.#kernels, capacity, affine.outputs);
      const droppedBytes = dropout[n] > 0 ? bytes : 0;
      stages.push({
        affine,
        activation: activation[n] ?? "identity",
        h: arena.region(bytes),
        dh: arena.region(bytes),
        stride: panelStride(affine.outputs),
        dropout: dropout[n] ?? 0,
        dropped: arena.region(droppedBytes),
        dropoutMask: arena.region(droppedBytes),
        random,
      });
      affine = next;
    });
    return stages;
  }

  /** Draws the initial weights and seeds the dropout streams; biases start at 0. */
  initialize(seed: number): void {
    const kernels = this.#kernels;
    const { init, initScale } = this.#config;
    new Uint8Array(kernels.memory.buffer, this.#noMask, this.#widest).fill(0xff);
    this.layers.forEach(({ w, mask, weightBytes, inputs, outputs, random }, n) => {
      new Uint8Array(kernels.memory.buffer, mask, weightBytes).fill(0xff);
      this.#seed(random, randomStream(`${seed}/init/${n}`));
      if (init === "glorot") {
        kernels.drawUniform(random, w, inputs, outputs, Math.sqrt(6 / (inputs + outputs)));
      } else {
        const scale = init === "he" ? Math.sqrt(2 / inputs) : initScale;
        kernels.drawNormal(random, w, inputs, outputs, scale);
      }
      this.#seed(random, randomStream(`${seed}/dropout/${n}`));
    });
  }

  /** Sets the 16 words of a kernel generator's state. */
  #seed(state: number, random: RandomStream): void {
    const words = new Uint32Array(this.#kernels.memory.buffer, state, 16);
    words.forEach((_, n) => words[n] = Math.floor(random() * 2 ** 32));
  }

  /** Computes the logits of rows; with dropout in training. */
  forward(rows: Rows, mode: "training" | "evaluation"): void {
    const kernels = this.#kernels;
    const panels = Math.ceil(rows.count / lanesOf(kernels.precision));
    let x = rows.values;
    let xStride = rows.stride;
    for (const { affine, activation, h, stride, dropout, ...stage } of this.#stages) {
      composeProduct(kernels, affine);
      const { w, b, inputs, outputPanels } = affine;
      const bytes = panels * stride;
      kernels.denseForward(x, w, b, h, panels, inputs, outputPanels, xStride, stride);
      if (activation === "relu") kernels.relu(h, bytes);
      if (activation === "tanh") kernels.tanh(h, bytes);
      x = h;
      xStride = stride;
      if (mode === "training" && dropout > 0) {
        const threshold = Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
        kernels.drawDropout(stage.random, stage.dropoutMask, bytes, threshold, 1 / (1 - dropout));
        kernels.multiply(h, stage.dropoutMask, stage.dropped, bytes);
        x = stage.dropped;
      }
    }
  }

  /** Adds the loss and the number of right answers of the rows that `forward()` took. */
  evaluate(rows: Rows, totals: { loss: number; correct: number }): void {
    const { h, stride, affine: { outputs } } = this.#last;
    const sums = new Float64Array(this.#kernels.memory.buffer, this.#sums, 2);
    sums.set([totals.loss, totals.correct]);
    const panels = Math.ceil(rows.count / lanesOf(this.#kernels.precision));
    this.#kernels.softmaxEvaluate(h, rows.labels, panels, outputs, stride, this.#sums);
    [totals.loss, totals.correct] = sums;
  }

  /** Computes the gradient of the mean loss over the rows that `forward()` took in training. */
  backward(rows: Rows): void {
    const kernels = this.#kernels;
    const panels = Math.ceil(rows.count / lanesOf(kernels.precision));
    const { h: logits, stride: logitsStride, affine: { outputs: classes } } = this.#last;
    kernels.softmaxBackward(logits, rows.labels, panels, classes, logitsStride, 1 / rows.count);
    let dy = logits;
    for (let n = this.#stages.length - 1; n >= 0; n--) {
      const { affine, stride } = this.#stages[n];
      const { w, dw, wt, db, inputs, outputs, outputPanels } = affine;
      const below = this.#stages[n - 1];
      const x = n === 0 ? rows.values : below.dropout > 0 ? below.dropped : below.h;
      const xStride = n === 0 ? rows.stride : below.stride;
      kernels.denseBackwardWeights(x, dy, dw, db, panels, inputs, outputPanels, xStride, stride);
      decomposeGradient(kernels, affine);
      if (n === 0) break;
      const { h, dh } = below;
      const inputPanels = Math.ceil(inputs / 4);
      kernels.transposeWeights(w, wt, inputs, outputs);
      kernels.denseForward(dy, wt, this.#noBias, dh, panels, outputs, inputPanels, stride, xStride);
      const bytes = panels * xStride;
      if (below.dropout > 0) kernels.multiply(dh, below.dropoutMask, dh, bytes);
      if (below.activation === "relu") kernels.reluBackward(h, dh, bytes);
      if (below.activation === "tanh") kernels.tanhBackward(h, dh, bytes);
      dy = dh;
    }
  }

  /** Updates all parameters from their gradients; penalties, decay and masks touch weights only. */
  update(): void {
    const { learningRate, momentum, l1Penalty, l2Penalty, weightDecay, clipGradient } =
      this.#config;
    for (const { w, dw, v, mask, weightBytes, b, db, vb, biasBytes } of this.layers) {
      this.#kernels.sgdUpdate(
        w,
        dw,
        v,
        mask,
        weightBytes,
        learningRate,
        momentum,
        l1Penalty,
        l2Penalty,
        weightDecay,
        clipGradient,
      );
      this.#kernels.sgdUpdate(
        b,
        db,
        vb,
        this.#noMask,
        biasBytes,
        learningRate,
        momentum,
        0,
        0,
        0,
        clipGradient,
      );
    }
  }

  /** Prunes every layer; pruned weights stay 0. */
  prune(): void {
    for (const { w, mask, inputs, outputs } of this.layers) {
      this.#kernels.pruneWeights(w, mask, inputs, outputs, this.#config.pruneThreshold);
    }
  }

  /** Sums over all weights, layer by layer. */
  weightSums(): WeightSums {
    let l1 = 0;
    let squares = 0;
    let zeros = 0;
    let count = 0;
    for (const { w, inputs, outputs } of this.layers) {
      this.#kernels.weightSums(w, inputs, outputs, this.#sums);
      const sums = new Float64Array(this.#kernels.memory.buffer, this.#sums, 3);
      l1 += sums[0];
      squares += sums[1];
      zeros += sums[2];
      count += inputs * outputs;
    }
    return { l1, squares, sparsity: zeros / count };
  }

  /** Copies of all parameters, row-major. */
  trainedLayers(): TrainedLayer[] {
    return this.layers.map(({ w, b, inputs, outputs }) => {
      const values = this.#values();
      const size = values.BYTES_PER_ELEMENT;
      const weight = new Float32Array(inputs * outputs);
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++) {
          weight[i * outputs + o] = values[w / size + ((o >> 2) * inputs + i) * 4 + (o & 3)];
        }
      }
      const bias = Float32Array.from(values.subarray(b / size, b / size + outputs));
      return { inputs, outputs, weight, bias };
    });
  }

  get #last(): Stage {
    return this.#stages[this.#stages.length - 1];
  }

  #values(): Float32Array | Float64Array {
    const { precision, memory } = this.#kernels;
    return precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  }
}
