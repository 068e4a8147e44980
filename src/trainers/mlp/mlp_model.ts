import { expOfNegative } from "../../kernels/exact_math.ts";
import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import { countRow, indexOfLargest } from "../../measures/class_counts.ts";
import type { ClassCounts } from "../../measures/measure.ts";
import { reserveAdam } from "./_adam.ts";
import {
  type Affine,
  composeProduct,
  decomposeGradient,
  isProductCheaper,
  reserveProduct,
} from "./_affine.ts";
import { DroppedProduct, isDroppedProductCheaper } from "./_dropped_product.ts";
import { MlpParameters } from "./_mlp_parameters.ts";
import { reserveSgd } from "./_sgd.ts";
import type { Arena } from "./arena.ts";
import type { Activation, MlpConfig } from "./mlp_config.ts";
import type { Optimizer } from "./optimizer.ts";
import type { WeightSums } from "./parameter_block.ts";
import { Regularization } from "./regularizers/regularization.ts";

/** Rows (B,F) and their labels, in a kernel memory. */
export interface Rows {
  /** Byte offset of the values, in lane panels. */
  readonly values: number;
  /** Bytes from panel to panel. */
  readonly stride: number;
  /** Byte offset of the labels: int32 per row, −1 in padding. */
  readonly labels: number;
  readonly count: number;
}

/** One stage of a pass: an affine map, an activation and dropout. */
interface Stage {
  /** A layer, or the product of layers with nothing nonlinear between them. */
  readonly affine: Affine;
  /** Corrects the affine map for the units that are dropped within it. */
  readonly corrected?: DroppedProduct;
  readonly activation: Activation;
  /** Activations (B,O) and their gradient: logits in the last stage. */
  readonly h: number;
  readonly dh: number;
  readonly stride: number;
  /** Probability of dropping a unit; if it is not 0, the regions below are used. */
  readonly dropout: number;
  readonly dropped: number;
  readonly dropoutMask: number;
  readonly random: number;
}

const OPTIMIZERS = { sgd: reserveSgd, adam: reserveAdam };

/** The sizes that a model is laid out for. */
export interface ModelShape {
  readonly features: number;
  readonly classes: number;
  /** Rows of a training step. */
  readonly batchRows: number;
  /** The maximum number of rows in a pass. */
  readonly capacity: number;
}

/**
 * A multilayer perceptron: one forward and backward pass in kernels, and the update.
 *
 * Build it, let the arena allocate, then call `parameters.initialize()`. Layers with nothing
 * nonlinear between them are passed as one if that is less work: x·(w₀·w₁) instead of (x·w₀)·w₁. If
 * dropout between them is rare, the product is corrected for the dropped units.
 */
export class MlpModel {
  readonly #kernels: Kernels;
  readonly #config: MlpConfig;
  readonly parameters: MlpParameters;
  readonly #stages: readonly Stage[];
  readonly #regularization: Regularization;
  readonly #optimizer: Optimizer;
  readonly #sums: number;
  /** Zeros as long as the widest layer: the bias of a backward pass. */
  readonly #noBias: number;

  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, shape: ModelShape) {
    this.#kernels = kernels;
    this.#config = config;
    const widths = [shape.features, ...config.hidden, shape.classes];
    const size = 16 / lanesOf(kernels.precision);
    this.parameters = new MlpParameters(kernels, arena, config, widths);
    this.#stages = this.#reserveStages(arena, shape, size);
    const { blocks } = this.parameters;
    this.#regularization = new Regularization(kernels, arena, config, blocks);
    const { terms } = this.#regularization;
    this.#optimizer = OPTIMIZERS[config.optimizer](kernels, arena, config, { blocks, terms });
    this.#sums = arena.region(64);
    this.#noBias = arena.region(Math.max(...widths) * size + 64);
  }

  #reserveStages(arena: Arena, { batchRows, capacity }: ModelShape, size: number): Stage[] {
    const { activation, dropout } = this.#config;
    const { layers } = this.parameters;
    const stages: Stage[] = [];
    let affine: Affine = layers[0];
    let corrected: DroppedProduct | undefined;
    layers.forEach(({ random }, n) => {
      const next = layers[n + 1];
      if (next && !corrected && activation[n] === "identity") {
        const rate = dropout[n];
        const options = { rows: batchRows, capacity, isFirst: stages.length === 0, rate };
        if (rate === 0 && isProductCheaper(affine, next, options)) {
          affine = reserveProduct(arena, affine, next, size);
          return;
        }
        if (rate > 0 && isDroppedProductCheaper(affine, next, options)) {
          const parts = { left: affine, right: next, random, stride: panelStride(affine.outputs) };
          corrected = new DroppedProduct(this.#kernels, arena, parts, options);
          affine = corrected.affine;
          return;
        }
      }
      const bytes = panelBytes(this.#kernels.precision, capacity, affine.outputs);
      const droppedBytes = dropout[n] > 0 ? bytes : 0;
      stages.push({
        affine,
        corrected,
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
      corrected = undefined;
    });
    return stages;
  }

  /** Computes the logits of rows; with dropout in training. */
  forward(rows: Rows, mode: "training" | "evaluation"): void {
    const kernels = this.#kernels;
    const panels = Math.ceil(rows.count / lanesOf(kernels.precision));
    let x = rows.values;
    let xStride = rows.stride;
    for (const { affine, activation, h, stride, dropout, ...stage } of this.#stages) {
      const corrected = mode === "training" ? stage.corrected : undefined;
      if (corrected) corrected.compose(panels);
      else composeProduct(kernels, affine);
      const { w, b, inputs, outputPanels } = affine;
      const bytes = panels * stride;
      kernels.denseForward(x, w, b, h, panels, inputs, outputPanels, xStride, stride);
      corrected?.correctOutputs({ values: x, stride: xStride }, { values: h, stride }, panels);
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

  /** Adds the loss and the number of correct predictions of the rows that `forward()` took. */
  evaluate(rows: Rows, totals: { loss: number; correct: number }): void {
    const { h, stride, affine: { outputs } } = this.#last;
    const sums = new Float64Array(this.#kernels.memory.buffer, this.#sums, 2);
    sums.set([totals.loss, totals.correct]);
    const panels = Math.ceil(rows.count / lanesOf(this.#kernels.precision));
    this.#kernels.softmaxEvaluate(h, rows.labels, panels, outputs, stride, this.#sums);
    [totals.loss, totals.correct] = sums;
  }

  /** The class predicted for each row that `forward()` took: the first of equally likely ones. */
  predictions(rows: Rows): Int32Array {
    const { values, startOf, lanes, outputs } = this.#logits();
    return Int32Array.from({ length: rows.count }, (_, row) => {
      return Math.max(0, indexOfLargest(values, startOf(row), lanes, outputs));
    });
  }

  /** Adds the rows that `forward()` took to counts of the predicted classes. */
  countPredictions({ labels, count }: Rows, counts: ClassCounts): void {
    const { values, startOf, lanes, outputs } = this.#logits();
    const actual = new Int32Array(this.#kernels.memory.buffer, labels, count);
    for (let row = 0; row < count; row++) {
      countRow(counts, actual[row], indexOfLargest(values, startOf(row), lanes, outputs));
    }
  }

  /**
   * Writes class probabilities (rows, classes), row-major, of the rows that `forward()` took to the
   * start of `probabilities`.
   */
  writeProbabilities({ count }: Rows, probabilities: Float64Array): void {
    const { values, startOf, lanes, outputs } = this.#logits();
    for (let row = 0, to = 0; row < count; row++, to += outputs) {
      const start = startOf(row);
      let largest = values[start];
      for (let o = 1; o < outputs; o++) largest = Math.max(largest, values[start + o * lanes]);
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        const power = expOfNegative(values[start + o * lanes] - largest);
        probabilities[to + o] = power;
        sum += power;
      }
      for (let o = 0; o < outputs; o++) probabilities[to + o] /= sum;
    }
  }

  /** The logits in their lane panels: those of a row begin at `startOf(row)`, `lanes` apart. */
  #logits() {
    const { h, stride, affine: { outputs } } = this.#last;
    const { memory: { buffer }, precision } = this.#kernels;
    const lanes = lanesOf(precision);
    const values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
    const size = values.BYTES_PER_ELEMENT;
    const startOf = (row: number) => {
      return (h + Math.floor(row / lanes) * stride) / size + row % lanes;
    };
    return { values, startOf, lanes, outputs };
  }

  /**
   * Computes the gradient of the mean loss over the rows that `forward()` took in training.
   *
   * Source of label smoothing: Szegedy et al., Rethinking the Inception architecture for computer
   * vision (2016), section 7.
   */
  backward(rows: Rows): void {
    const kernels = this.#kernels;
    const panels = Math.ceil(rows.count / lanesOf(kernels.precision));
    const { h: logits, stride: logitsStride, affine: { outputs: classes } } = this.#last;
    kernels.softmaxBackward(
      logits,
      rows.labels,
      panels,
      classes,
      logitsStride,
      1 / rows.count,
      this.#config.labelSmoothing,
    );
    let dy = logits;
    for (let n = this.#stages.length - 1; n >= 0; n--) {
      const { affine, corrected, stride } = this.#stages[n];
      const { w, dw, wt, db, inputs, outputs, outputPanels } = affine;
      const below = this.#stages[n - 1];
      const x = n === 0 ? rows.values : below.dropout > 0 ? below.dropped : below.h;
      const xStride = n === 0 ? rows.stride : below.stride;
      kernels.denseBackwardWeights(x, dy, dw, db, panels, inputs, outputPanels, xStride, stride);
      if (corrected) corrected.decomposeGradient({ values: dy, stride }, panels);
      else decomposeGradient(kernels, affine);
      if (n === 0) break;
      const { h, dh } = below;
      const inputPanels = Math.ceil(inputs / 4);
      kernels.transposeWeights(w, wt, inputs, outputs);
      kernels.denseForward(dy, wt, this.#noBias, dh, panels, outputs, inputPanels, stride, xStride);
      corrected?.correctInputGradient({ values: dh, stride: xStride }, panels);
      const bytes = panels * xStride;
      if (below.dropout > 0) kernels.multiply(dh, below.dropoutMask, dh, bytes);
      if (below.activation === "relu") kernels.reluBackward(h, dh, bytes);
      if (below.activation === "tanh") kernels.tanhBackward(h, dh, bytes);
      dy = dh;
    }
  }

  /** Applies the regularizers that act before step `step` and its evaluation. */
  beginStep(step: number): void {
    this.#regularization.beginStep(step);
  }

  /** Updates all parameters from their gradients with the optimizer and the regularizers. */
  update(): void {
    this.#regularization.addGradients();
    this.#optimizer.update();
    this.#regularization.finishUpdate(this.#optimizer);
  }

  /**
   * The regularizers' contribution to the mean loss in training, from sums over the current
   * weights.
   */
  penalty(sums: WeightSums): number {
    return this.#regularization.penalty(sums);
  }

  get #last(): Stage {
    return this.#stages[this.#stages.length - 1];
  }
}
