import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { rowPitch } from "../../kernels/layouts.ts";
import {
  type Affine,
  composeProduct,
  decomposeGradient,
  productCost,
  reserveAffine,
  reserveProduct,
} from "./_affine.ts";
import type { Arena } from "./arena.ts";
import type { Panels } from "./rows.ts";

/** The sizes that a dropped product is laid out for. */
export interface DroppedOptions {
  /** Rows of a training step. */
  readonly rows: number;
  /** The maximum number of rows in a pass. */
  readonly capacity: number;
  /** Whether its inputs are the data: their gradient is not needed. */
  readonly isFirst: boolean;
  /** Probability of dropping a unit between the two maps. */
  readonly rate: number;
}

/**
 * Time of a multiplication in a correction, relative to one in a dense product: corrections read
 * each number that they multiply, while dense products keep tiles in registers. Measured on Zen 4
 * at rates of 0.05 to 0.5 and widths of 32 to 512.
 */
const CORRECTION_COST = 2;

/**
 * Whether passing two maps as their product, and correcting it for the units that are dropped
 * between them, takes less time in a training step than passing one after the other: see
 * `productCost()`. A dropped unit costs a row of multiplications in each of the six products that
 * involve it.
 */
export function isDroppedProductCheaper(
  left: Affine,
  right: Affine,
  { rows, isFirst, rate }: DroppedOptions,
): boolean {
  const { apart, together } = productCost(left, right, { rows, isFirst });
  const perUnit = (isFirst ? 2 : 3) * left.inputs + 3 * right.outputs;
  return together + CORRECTION_COST * rate * rows * left.outputs * perUnit < apart;
}

/**
 * A linear layer with dropout and the map after it, passed as one map that is corrected for the
 * dropped units: the same in exact arithmetic, and less work if few units are dropped.
 *
 * With h₀ (B,I) the inputs, h₁ = h₀·W₁ + b₁ (B,H), D = 1 where a unit is dropped, and W₂' = W₂/(1−p):
 *
 *   y = h₀·W₁·W₂' + b₁·W₂' + b₂ − (h₁∘D)·W₂'
 *
 * and backward, with G = h₀ᵀ·dy, g = Σdy and E = D∘(dy·W₂'ᵀ):
 *
 *   dW₁ = G·W₂'ᵀ − h₀ᵀ·E        dW₂ = (W₁ᵀ·G + b₁⊗g − (h₁∘D)ᵀ·dy)/(1−p)
 *   db₁ = g·W₂'ᵀ − ΣE           dh₀ = dy·(W₁·W₂')ᵀ − E·W₁ᵀ
 *
 * Products with D are computed for dropped units only.
 */
export class DroppedProduct {
  readonly #kernels: Kernels;
  readonly #rate: number;
  readonly #left: Affine;
  readonly #right: Affine;
  /** The right map with W₂' in place of W₂. */
  readonly #scaled: Affine;
  /** The map that the stage applies: W₁·W₂ in evaluation, W₁·W₂' in training. */
  readonly affine: Affine;
  /**
   * The generator that chooses the dropped units, and the stride of the activations between the
   * maps.
   */
  readonly #random: number;
  readonly #stride: number;
  /** Lists of the units that each row drops, with −h₁ and −E of these units. */
  readonly #units: number;
  readonly #counts: number;
  readonly #h: number;
  readonly #e: number;
  /** The same by unit. */
  readonly #unitRows: number;
  readonly #unitCounts: number;
  readonly #unitH: number;
  readonly #unitE: number;
  /** Rows: inputs (B,I), gradients of outputs (B,O), W₁ᵀ (H,I), W₂' (H,O), and corrections. */
  readonly #x: number;
  readonly #dy: number;
  readonly #leftRows: number;
  readonly #rightRows: number;
  readonly #corrections: number;
  /** The correction of dW₁ᵀ (H,I), as weights. */
  readonly #dLeftT: number;
  /** One zero per unit. */
  readonly #noBias: number;
  readonly #leftRowBytes: number;
  readonly #rightRowBytes: number;

  constructor(
    kernels: Kernels,
    arena: Arena,
    { left, right, random, stride }: {
      left: Affine;
      right: Affine;
      random: number;
      /** Bytes from panel to panel of the activations between the two. */
      stride: number;
    },
    { capacity, rate }: DroppedOptions,
  ) {
    this.#kernels = kernels;
    this.#rate = rate;
    this.#left = left;
    this.#right = right;
    this.#random = random;
    this.#stride = stride;
    const lanes = lanesOf(kernels.precision);
    const size = 16 / lanes;
    const { inputs, outputs: inner } = left;
    const { outputs } = right;
    const rows = Math.ceil(capacity / lanes) * lanes;
    const h = Math.ceil(inner / 4) * 4;
    const [inputBytes, outputBytes] = [inputs, outputs].map((width) => rowPitch(size, width));
    this.affine = reserveProduct(arena, left, right, size);
    this.#scaled = { ...reserveAffine(arena, inner, outputs, size), b: right.b };
    this.#units = arena.region(rows * h * 4);
    this.#counts = arena.region(rows * 4);
    this.#h = arena.region(rows * h * size);
    this.#e = arena.region(rows * h * size);
    const listRows = Math.ceil(rows / 4) * 4;
    this.#unitRows = arena.region(inner * listRows * 4);
    this.#unitCounts = arena.region(inner * 4);
    this.#unitH = arena.region(inner * listRows * size);
    this.#unitE = arena.region(inner * listRows * size);
    this.#x = arena.region(rows * inputBytes);
    this.#dy = arena.region(rows * outputBytes);
    this.#leftRowBytes = inner * inputBytes;
    this.#rightRowBytes = inner * outputBytes;
    this.#leftRows = arena.region(this.#leftRowBytes);
    this.#rightRows = arena.region(this.#rightRowBytes);
    this.#corrections = arena.region(Math.max(rows, inner) * Math.max(inputBytes, outputBytes));
    this.#dLeftT = arena.region(inner * Math.ceil(inputs / 4) * 4 * size);
    this.#noBias = arena.region(h * size);
  }

  /** Draws the dropped units and sets the product's weights to those of training. */
  compose(panels: number): void {
    const kernels = this.#kernels;
    const { w, weightBytes } = this.#right;
    const threshold = Math.min(Math.round(this.#rate * 2 ** 32), 2 ** 32 - 1);
    kernels.drawDropped(
      this.#random,
      this.#units,
      this.#counts,
      panels,
      this.#left.outputs,
      this.#stride,
      threshold,
    );
    kernels.scale(w, this.#scaled.w, weightBytes, 1 / (1 - this.#rate));
    composeProduct(kernels, {
      ...this.affine,
      factors: { left: this.#left, right: this.#scaled },
    });
  }

  /** Removes the dropped units' contribution from y, the product's outputs for x. */
  correctOutputs(x: Panels, y: Panels, panels: number): void {
    const kernels = this.#kernels;
    const { inputs, outputs: inner, w, wt, b } = this.#left;
    const { outputs } = this.#right;
    kernels.panelsToRows(x.values, this.#x, panels, inputs, x.stride);
    kernels.transposeWeights(w, wt, inputs, inner);
    kernels.weightsToRows(wt, this.#leftRows, inner, inputs);
    kernels.weightsToRows(this.#scaled.w, this.#rightRows, inner, outputs);
    this.#dot(this.#x, this.#leftRows, b, this.#h, { panels, features: inputs });
    this.#addCombined(this.#h, this.#rightRows, y, { panels, features: outputs });
  }

  /** Computes the gradients of both maps from the product's and from dy, that of its outputs. */
  decomposeGradient(dy: Panels, panels: number): void {
    const kernels = this.#kernels;
    const left = this.#left;
    const right = this.#right;
    const { inputs, outputs: inner } = left;
    const { outputs } = right;
    kernels.panelsToRows(dy.values, this.#dy, panels, outputs, dy.stride);
    this.#dot(this.#dy, this.#rightRows, this.#noBias, this.#e, { panels, features: outputs });

    const rows = panels * lanesOf(kernels.precision);
    kernels.transposeDropped(
      this.#units,
      this.#counts,
      this.#h,
      this.#e,
      rows,
      inner,
      this.#unitRows,
      this.#unitCounts,
      this.#unitH,
      this.#unitE,
    );
    this.#combineByUnit(this.#unitH, this.#dy, { rows, features: outputs });
    kernels.rowsToWeights(this.#corrections, right.dw, inner, outputs);
    this.#combineByUnit(this.#unitE, this.#x, { rows, features: inputs });
    kernels.rowsToWeights(this.#corrections, this.#dLeftT, inner, inputs);
    kernels.transposeWeights(this.#dLeftT, left.dw, inner, inputs);
    kernels.sumDropped(this.#unitE, left.db, this.#unitCounts, inner, rows);

    decomposeGradient(
      kernels,
      { ...this.affine, factors: { left, right: { ...this.#scaled, dw: right.dw, db: right.db } } },
      { isCorrected: true },
    );
    kernels.scale(right.dw, right.dw, right.weightBytes, 1 / (1 - this.#rate));
  }

  /** Removes the dropped units' contribution from dx, the gradient of the product's inputs. */
  correctInputGradient(dx: Panels, panels: number): void {
    const features = this.#left.inputs;
    this.#addCombined(this.#e, this.#leftRows, dx, { panels, features });
  }

  #dot(
    x: number,
    r: number,
    bias: number,
    coefficients: number,
    { panels, features }: { panels: number; features: number },
  ): void {
    const rows = panels * lanesOf(this.#kernels.precision);
    this.#kernels.dotDropped(
      x,
      r,
      bias,
      this.#units,
      this.#counts,
      coefficients,
      rows,
      features,
      this.#left.outputs,
    );
  }

  #addCombined(
    coefficients: number,
    r: number,
    { values, stride }: Panels,
    { panels, features }: { panels: number; features: number },
  ): void {
    const rows = panels * lanesOf(this.#kernels.precision);
    this.#kernels.combineDropped(
      coefficients,
      r,
      this.#corrections,
      this.#units,
      this.#counts,
      rows,
      features,
      this.#left.outputs,
    );
    this.#kernels.addRowsToPanels(this.#corrections, values, panels, features, stride);
  }

  /** Sums x over the rows in which a unit is dropped, for all units. */
  #combineByUnit(
    coefficients: number,
    x: number,
    { rows, features }: { rows: number; features: number },
  ): void {
    const width = this.#left.outputs;
    this.#kernels.combineDropped(
      coefficients,
      x,
      this.#corrections,
      this.#unitRows,
      this.#unitCounts,
      width,
      features,
      rows,
    );
  }
}
