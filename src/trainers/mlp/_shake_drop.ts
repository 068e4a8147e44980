import type { Kernels } from "../../kernels/kernels.ts";
import { copyBytes } from "../kept_bytes.ts";
import { numbersAt, perRowBytes } from "./row_targets.ts";
import type { Arena } from "./arena.ts";
import type { PassMode } from "./rows.ts";

/** A branch's activations (B,O): byte offsets and sizes of lane panels. */
interface Branch {
  readonly rows: number;
  readonly panels: number;
  readonly outputs: number;
  readonly stride: number;
}

/**
 * Shake-drop: y = x + s·F(x) where F(x) is what a layer adds to its inputs.
 *
 * In a training step, s is 1 with probability p; else each row has its own: α, uniform in [−1, 1), in
 * the forward pass, and β, uniform in [0, 1), in the backward pass. In evaluation, s is its
 * expectation, p. Block l of L has p = 1 − (l/L)·`shake_drop`: the later it is, the more it is shaken.
 *
 * Source: Yamada, Iwamura, Akiba and Kise, ShakeDrop regularization for deep residual learning (2019),
 * equation 6, with the ranges that it recommends and its linear decay rule.
 */
export class ShakeDrop {
  readonly #kernels: Kernels;
  /** 1 − p. */
  readonly #rate: number;
  readonly #random: number;
  /** A number that decides, and α and β of each row. */
  readonly #decision: number;
  readonly #alpha: number;
  readonly #beta: number;
  /** Whether the last training pass shook the branch. */
  #isShaken = false;

  /**
   * @param options.random The branch's generator: byte offset of its state.
   * @param options.capacity The maximum number of rows in a pass.
   */
  constructor(kernels: Kernels, arena: Arena, { rate, random, capacity }: {
    readonly rate: number;
    readonly random: number;
    readonly capacity: number;
  }) {
    this.#kernels = kernels;
    this.#rate = rate;
    this.#random = random;
    this.#decision = arena.region(64);
    // Kernels draw weights, of which four outputs are a panel.
    const bytes = perRowBytes(kernels, Math.ceil(capacity / 4) * 4);
    this.#alpha = arena.region(bytes);
    this.#beta = arena.region(bytes);
  }

  /** Writes s·`from` to `to`, unless s is 1; returns where the result is. */
  forward(from: number, to: number, branch: Branch, mode: PassMode): number {
    const kernels = this.#kernels;
    const { rows, panels, outputs, stride } = branch;
    const bytes = panels * stride;
    if (mode === "evaluation") {
      kernels.scale(from, to, bytes, 1 - this.#rate);
      return to;
    }
    if (mode === "training") this.#drawFactors(rows);
    if (!this.#isShaken) return from;
    copyBytes(kernels, from, to, bytes);
    kernels.scaleRows(to, this.#alpha, panels, outputs, stride);
    return to;
  }

  /** Replaces the gradient of s·F(x) by that of F(x). */
  backward(gradient: number, { panels, outputs, stride }: Branch): void {
    if (this.#isShaken) {
      this.#kernels.scaleRows(gradient, this.#beta, panels, outputs, stride);
    }
  }

  #drawFactors(rows: number): void {
    this.#isShaken = this.#draw(this.#decision, 1, 1)[0] < 2 * this.#rate - 1;
    if (!this.#isShaken) return;
    this.#draw(this.#alpha, rows, 1);
    const beta = this.#draw(this.#beta, rows, 0.5);
    for (let row = 0; row < rows; row++) beta[row] += 0.5;
  }

  /** Draws numbers in (−scale, scale); the rest of their vector is 0, as padding rows need it. */
  #draw(at: number, count: number, scale: number): Float32Array | Float64Array {
    this.#kernels.drawUniform(this.#random, at, 1, count, scale);
    return numbersAt(this.#kernels, at, Math.ceil(count / 4) * 4).fill(0, count);
  }
}

/** 1 − p of each layer that has a skip connection; 0 of the others. */
export function shakeRates(shakeDrop: number, skips: readonly boolean[]): number[] {
  const blocks = skips.filter((hasSkip) => hasSkip).length;
  let block = 0;
  return skips.map((hasSkip) => hasSkip ? ++block / blocks * shakeDrop : 0);
}
