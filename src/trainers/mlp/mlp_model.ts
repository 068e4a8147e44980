import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import { countClasses } from "../../measures/class_counts.ts";
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
import { errorLoss } from "./_error_loss.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import { MlpParameters } from "./_mlp_parameters.ts";
import type { OutputLoss, OutputRows, Outputs, Totals } from "./_output_loss.ts";
import { rateSchedule } from "./_rate_schedule.ts";
import { rowLoss } from "./_row_loss.ts";
import { reserveSgd } from "./_sgd.ts";
import { softmaxLoss } from "./_softmax_loss.ts";
import type { Arena } from "./arena.ts";
import type { Activation, MlpConfig } from "./mlp_config.ts";
import type { Optimizer } from "./optimizer.ts";
import type { WeightSums } from "./parameter_block.ts";
import { Followers } from "./regularizers/followers.ts";
import { Regularization } from "./regularizers/regularization.ts";
import type { Rows } from "./rows.ts";

/** One stage of a pass: an affine map, an activation and dropout. */
interface Stage {
  /** A layer, or the product of layers with nothing nonlinear between them. */
  readonly affine: Affine;
  /** Corrects the affine map for the units that are dropped within it. */
  readonly corrected?: DroppedProduct;
  readonly activation: Activation;
  /** Activations (B,O) and their gradient: the model's outputs in the last stage. */
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
  /** 1 if the target is a quantity. */
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
  readonly #followers: Followers;
  readonly #rateOf: (step: number) => number;
  /** The step that `beginStep()` has begun. */
  #step = 0;
  readonly #loss: OutputLoss;
  /** Zeros as long as the widest layer: the bias of a backward pass. */
  readonly #noBias: number;

  constructor(kernels: Kernels, arena: Arena, config: MlpConfig, shape: ModelShape) {
    this.#kernels = kernels;
    this.#config = config;
    const { features, classes, batchRows } = shape;
    const widths = [features, ...config.hidden, classes];
    const size = 16 / lanesOf(kernels.precision);
    this.parameters = new MlpParameters(kernels, arena, config, widths);
    this.#stages = this.#reserveStages(arena, shape, size);
    const { blocks } = this.parameters;
    this.#regularization = new Regularization(kernels, arena, config, blocks);
    const { terms } = this.#regularization;
    this.#optimizer = OPTIMIZERS[config.optimizer](kernels, arena, config, { blocks, terms });
    this.#followers = new Followers(kernels, arena, config, blocks);
    this.#rateOf = rateSchedule(config);
    const loss = classes > 1
      ? softmaxLoss(kernels, arena, { classes, labelSmoothing: config.labelSmoothing })
      : errorLoss(kernels, arena, config.loss);
    const isMixed = config.mixup > 0 || config.cutmix > 0;
    this.#loss = rowLoss(kernels, arena, loss, { rows: batchRows, width: classes, isMixed });
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

  /**
   * Computes the outputs of rows; with dropout in training. Once more in training, with other values of
   * the rows and the same weights, it drops the same units again.
   */
  forward(rows: Rows, mode: "training" | "again" | "evaluation"): void {
    const kernels = this.#kernels;
    const panels = Math.ceil(rows.count / lanesOf(kernels.precision));
    let x = rows.values;
    let xStride = rows.stride;
    for (const { affine, activation, h, stride, dropout, ...stage } of this.#stages) {
      const corrected = mode === "evaluation" ? undefined : stage.corrected;
      if (!corrected) composeProduct(kernels, affine);
      else if (mode === "training") corrected.compose(panels);
      const { w, b, inputs, outputPanels } = affine;
      const bytes = panels * stride;
      kernels.denseForward(x, w, b, h, panels, inputs, outputPanels, xStride, stride);
      corrected?.correctOutputs({ values: x, stride: xStride }, { values: h, stride }, panels);
      if (activation === "relu") kernels.relu(h, bytes);
      if (activation === "tanh") kernels.tanh(h, bytes);
      x = h;
      xStride = stride;
      if (mode !== "evaluation" && dropout > 0) {
        const threshold = Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
        if (mode === "training") {
          kernels.drawDropout(stage.random, stage.dropoutMask, bytes, threshold, 1 / (1 - dropout));
        }
        kernels.multiply(h, stage.dropoutMask, stage.dropped, bytes);
        x = stage.dropped;
      }
    }
  }

  /** Adds what an evaluation needs of the rows that `forward()` took; no factors of rows. */
  evaluate(rows: Rows, totals: Totals): void {
    this.#loss.evaluate(this.#outputs(rows), rows, totals);
  }

  /** The class predicted for each row that `forward()` took: the first of equally likely ones. */
  predictions(rows: Rows): Int32Array {
    const { values, startOf, lanes, width } = this.#outputRows();
    return Int32Array.from({ length: rows.count }, (_, row) => {
      const start = startOf(row);
      let best = 0;
      for (let o = 1; o < width; o++) {
        if (values[start + o * lanes] > values[start + best * lanes]) best = o;
      }
      return best;
    });
  }

  /** Adds the rows that `forward()` took to counts of the predicted classes. */
  countPredictions({ targets, count }: Rows, counts: ClassCounts): void {
    const { values, startOf, lanes, width: classes } = this.#outputRows();
    const actual = new Int32Array(this.#kernels.memory.buffer, targets, count);
    const panelStride = this.#last.stride / values.BYTES_PER_ELEMENT;
    countClasses(counts, actual, { values, start: startOf(0), panelStride, lanes, classes });
  }

  /**
   * Writes what the rows that `forward()` took are predicted to be to the start of `scores`: class
   * probabilities (rows, classes), row-major, or standardized quantities (rows).
   */
  writeScores({ count }: Rows, scores: Float64Array): void {
    this.#loss.writeScores(this.#outputRows(), count, scores);
  }

  /** The outputs for the rows that `forward()` took. */
  #outputs({ count }: Rows): Outputs {
    const { h: values, stride } = this.#last;
    return { values, stride, panels: Math.ceil(count / lanesOf(this.#kernels.precision)) };
  }

  /** The same, row by row. */
  #outputRows(): OutputRows {
    const { h, stride, affine: { outputs: width } } = this.#last;
    const { memory: { buffer }, precision } = this.#kernels;
    const lanes = lanesOf(precision);
    const values = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
    const size = values.BYTES_PER_ELEMENT;
    const startOf = (row: number) => {
      return (h + Math.floor(row / lanes) * stride) / size + row % lanes;
    };
    return { values, startOf, lanes, width };
  }

  /**
   * Computes the gradient of the mean loss over the rows that `forward()` took in training, with
   * their factors and what they are mixed with.
   *
   * @param inputGradient Where that of the rows is written, in lane panels as theirs; left out if
   * absent.
   */
  backward(rows: Rows, inputGradient?: number): void {
    const kernels = this.#kernels;
    const outputs = this.#outputs(rows);
    const { panels } = outputs;
    this.#loss.backward(outputs, rows);
    let dy = outputs.values;
    for (let n = this.#stages.length - 1; n >= 0; n--) {
      const { affine, corrected, stride } = this.#stages[n];
      const { w, dw, wt, db, inputs, outputs, outputPanels } = affine;
      const below = this.#stages[n - 1];
      const x = n === 0 ? rows.values : below.dropout > 0 ? below.dropped : below.h;
      const xStride = n === 0 ? rows.stride : below.stride;
      kernels.denseBackwardWeights(x, dy, dw, db, panels, inputs, outputPanels, xStride, stride);
      if (corrected) corrected.decomposeGradient({ values: dy, stride }, panels);
      else decomposeGradient(kernels, affine);
      const dx = n === 0 ? inputGradient : below.dh;
      if (dx === undefined) break;
      const inputPanels = Math.ceil(inputs / 4);
      kernels.transposeWeights(w, wt, inputs, outputs);
      kernels.denseForward(dy, wt, this.#noBias, dx, panels, outputs, inputPanels, stride, xStride);
      corrected?.correctInputGradient({ values: dx, stride: xStride }, panels);
      if (n === 0) break;
      const { h, dh } = below;
      const bytes = panels * xStride;
      if (below.dropout > 0) kernels.multiply(dh, below.dropoutMask, dh, bytes);
      if (below.activation === "relu") kernels.reluBackward(h, dh, bytes);
      if (below.activation === "tanh") kernels.tanhBackward(h, dh, bytes);
      dy = dh;
    }
  }

  /**
   * Applies the regularizers that act before step `step` and its evaluation; returns whether there are
   * any.
   */
  beginStep(step: number): boolean {
    this.#step = step;
    if (step === 0) this.#followers.follow(0);
    const hasActed = this.#regularization.beginStep(step);
    if (hasActed) this.#followers.prune();
    return hasActed;
  }

  /**
   * Updates all parameters from their gradients with the optimizer and the regularizers, at the learning
   * rate of the step that has begun.
   */
  update(): void {
    this.#regularization.addGradients();
    this.#optimizer.update(this.#rateOf(this.#step));
    this.#regularization.finishUpdate(this.#optimizer);
    this.#followers.follow(this.#step + 1);
  }

  /**
   * Exchanges the trained parameters and those that evaluations and results before step `step` are of;
   * calling it again undoes it. Returns false if they are the same.
   */
  exchangeResult(step: number): boolean {
    return this.#followers.exchange(step);
  }

  /** What lives on to step `step`, before anything that it does. */
  kept(step: number): KeptBytes[] {
    return [
      ...this.parameters.kept(),
      ...this.#optimizer.kept(),
      ...this.#followers.kept(step),
    ];
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
