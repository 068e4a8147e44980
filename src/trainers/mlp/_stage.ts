import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import { copyBytes } from "../kept_bytes.ts";
import { type Affine, composeProduct, decomposeGradient } from "./_affine.ts";
import { type Norm, normalizeBackward, type NormalizedRows, normalizeRows } from "./_batch_norm.ts";
import type { DroppedProduct } from "./_dropped_product.ts";
import type { ShakeDrop } from "./_shake_drop.ts";
import type { Arena } from "./arena.ts";
import type { Activation } from "./mlp_config.ts";
import type { Panels, PassMode } from "./rows.ts";

/** What a stage computes, and the sizes that it is laid out for. */
export interface StageParts {
  /** A layer, or the product of layers with nothing nonlinear between them. */
  readonly affine: Affine;
  /** Corrects the affine map for the units that are dropped within it. */
  readonly corrected?: DroppedProduct;
  /** Batch normalization of what the affine map gives, whose biases it then adds itself. */
  readonly norm?: Norm;
  /** Share of the running mean and variance that a step keeps. */
  readonly normMomentum: number;
  readonly activation: Activation;
  /** Whether the stage's inputs are added to what the activation gives. */
  readonly hasSkip: boolean;
  /** Multiplies what the activation gives, before the inputs are added. */
  readonly shakeDrop?: ShakeDrop;
  /** Probability of dropping a unit, and the generator that chooses the units. */
  readonly dropout: number;
  readonly random: number;
  /** Whether it gives the model's outputs. */
  readonly isLast: boolean;
  /** The maximum number of rows in a pass. */
  readonly capacity: number;
  /** Zeros as long as the widest layer: the bias of a backward pass. */
  readonly noBias: number;
}

/**
 * One stage of a pass, in this order: an affine map, batch normalization, an activation, a skip
 * connection, dropout; each but the first if the stage has it.
 */
export class Stage {
  readonly #kernels: Kernels;
  readonly #parts: StageParts;
  readonly affine: Affine;
  /** With batch normalization: normalized units (B,O), before they are scaled and shifted. */
  readonly #normalized: number;
  /** What the activation gives (B,O). */
  readonly #h: number;
  /** With a skip connection: the same plus the inputs, and the gradient of `#h`. */
  readonly #sum: number;
  readonly #dh: number;
  /** With dropout: what is left of the outputs, and the factors that they are multiplied by. */
  readonly #dropped: number;
  readonly #dropoutMask: number;
  /** The gradient of the outputs (B,O). In the last stage, it takes the place of the outputs. */
  readonly gradient: number;
  readonly stride: number;
  /** The inputs and outputs of the last forward pass. */
  #x: Panels;
  #y: Panels;

  constructor(kernels: Kernels, arena: Arena, parts: StageParts) {
    this.#kernels = kernels;
    this.#parts = parts;
    const { affine, norm, hasSkip, dropout, isLast, capacity } = parts;
    this.affine = affine;
    this.stride = panelStride(affine.outputs);
    const bytes = panelBytes(kernels.precision, capacity, affine.outputs);
    const reserveIf = (isNeeded: boolean) => arena.region(isNeeded ? bytes : 0);
    this.#normalized = reserveIf(norm !== undefined);
    this.#h = arena.region(bytes);
    this.gradient = isLast ? this.#h : arena.region(bytes);
    this.#sum = reserveIf(hasSkip);
    this.#dh = reserveIf(hasSkip);
    this.#dropped = reserveIf(dropout > 0);
    this.#dropoutMask = reserveIf(dropout > 0);
    this.#x = this.#y = { values: this.#h, stride: this.stride };
  }

  /** The outputs of the last forward pass. */
  get outputs(): Panels {
    return this.#y;
  }

  /** Its batch normalization, if it has one. */
  get norm(): Norm | undefined {
    return this.#parts.norm;
  }

  /** Computes what batch normalization takes of rows x (B,I), if the stage has it. */
  sums(x: Panels, rows: number): NormalizedRows {
    this.#multiply(x, this.#panelsOf(rows));
    return this.#sumsOf(rows);
  }

  /** Computes the outputs for rows x (B,I); with dropout and their own moments in training. */
  forward(x: Panels, rows: number, mode: PassMode): Panels {
    const kernels = this.#kernels;
    const { affine, norm, activation, hasSkip, dropout, random } = this.#parts;
    const { stride } = this;
    const panels = this.#panelsOf(rows);
    const isTraining = mode !== "evaluation";
    const corrected = isTraining ? this.#parts.corrected : undefined;
    if (!corrected) composeProduct(kernels, affine);
    else if (mode === "training") corrected.compose(panels);
    const h = this.#h;
    const bytes = panels * stride;
    this.#multiply(x, panels);
    corrected?.correctOutputs(x, { values: h, stride }, panels);
    if (norm) {
      const { normMomentum: momentum } = this.#parts;
      const options = { bias: affine.b, y: h, momentum, mode };
      normalizeRows(kernels, norm, this.#sumsOf(rows), options);
    }
    if (activation === "relu") kernels.relu(h, bytes);
    if (activation === "tanh") kernels.tanh(h, bytes);
    let y = h;
    if (hasSkip) {
      const branch = { rows, panels, outputs: affine.outputs, stride };
      y = this.#parts.shakeDrop?.forward(h, this.#sum, branch, mode) ?? h;
      kernels.add(x.values, y, this.#sum, bytes);
      y = this.#sum;
    }
    if (isTraining && dropout > 0) {
      const threshold = Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
      if (mode === "training") {
        kernels.drawDropout(random, this.#dropoutMask, bytes, threshold, 1 / (1 - dropout));
      }
      kernels.multiply(y, this.#dropoutMask, this.#dropped, bytes);
      y = this.#dropped;
    }
    this.#x = x;
    return this.#y = { values: y, stride };
  }

  /**
   * Computes the parameters' gradients from that of the outputs of the last forward pass.
   *
   * @param dx Where the gradient of the inputs is written; left out if undefined.
   */
  backward(rows: number, dx: number | undefined): void {
    const kernels = this.#kernels;
    const { affine, corrected, norm, noBias, activation, hasSkip, dropout } = this.#parts;
    const { stride } = this;
    const panels = this.#panelsOf(rows);
    const bytes = panels * stride;
    const h = this.#h;
    let dy = this.gradient;
    if (dropout > 0) kernels.multiply(dy, this.#dropoutMask, dy, bytes);
    if (hasSkip) {
      copyBytes(kernels, dy, this.#dh, bytes);
      dy = this.#dh;
      this.#parts.shakeDrop?.backward(dy, { rows, panels, outputs: affine.outputs, stride });
    }
    if (activation === "relu") kernels.reluBackward(h, dy, bytes);
    if (activation === "tanh") kernels.tanhBackward(h, dy, bytes);

    const { values: x, stride: xStride } = this.#x;
    const { w, dw, wt, inputs, outputs, outputPanels } = affine;
    if (norm) {
      normalizeBackward(kernels, norm, this.#sumsOf(rows), { dy, dbias: affine.db });
    }
    const db = norm ? norm.noGradient : affine.db;
    kernels.denseBackwardWeights(x, dy, dw, db, panels, inputs, outputPanels, xStride, stride);
    if (corrected) corrected.decomposeGradient({ values: dy, stride }, panels);
    else decomposeGradient(kernels, affine);
    if (dx === undefined) return;
    const inputPanels = Math.ceil(inputs / 4);
    kernels.transposeWeights(w, wt, inputs, outputs);
    kernels.denseForward(dy, wt, noBias, dx, panels, outputs, inputPanels, stride, xStride);
    corrected?.correctInputGradient({ values: dx, stride: xStride }, panels);
    if (hasSkip) kernels.add(dx, this.gradient, dx, bytes);
  }

  /** Computes the affine map of rows x (B,I); without its biases if batch normalization adds them. */
  #multiply(x: Panels, panels: number): void {
    const { affine: { w, b, inputs, outputPanels }, norm, noBias } = this.#parts;
    const [bias, sums] = norm ? [noBias, this.#normalized] : [b, this.#h];
    this.#kernels.denseForward(
      ...[x.values, w, bias, sums, panels, inputs, outputPanels, x.stride, this.stride] as const,
    );
  }

  /** Where batch normalization finds the sums of rows, and leaves their normalized values. */
  #sumsOf(rows: number): NormalizedRows {
    const { stride } = this;
    return { rows, panels: this.#panelsOf(rows), stride, normalized: this.#normalized };
  }

  #panelsOf(rows: number): number {
    return Math.ceil(rows / lanesOf(this.#kernels.precision));
  }
}
