import type { Kernels } from "../../kernels/kernels.ts";
import { panelBytes } from "../../kernels/layouts.ts";
import { copyBytes } from "../kept_bytes.ts";
import type { Arena } from "./arena.ts";
import { mix } from "./mix.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { MlpModel } from "./mlp_model.ts";
import { valueBytes } from "./row_targets.ts";
import type { Rows } from "./rows.ts";

/**
 * Adversarial training: with the loss J of a step's rows x, the loss is
 *
 *   (1 − weight)·J(x) + weight·J(x + ε·sign(∂J/∂x))
 *
 * and the second rows count as constant in its gradient. They come from x as all changes of rows left
 * it, have the same targets, and drop the same units.
 *
 * Source: Goodfellow, Shlens and Szegedy, Explaining and harnessing adversarial examples (2015),
 * sections 4 and 6, with α = 1 − weight.
 */
export class Adversarial {
  readonly #kernels: Kernels;
  readonly #model: MlpModel;
  readonly #epsilon: number;
  readonly #weight: number;
  /** ∂J/∂x and the adversarial rows (B,F), in lane panels. */
  readonly #dx: number;
  readonly #values: number;
  /** The gradient of J(x), block by block. */
  readonly #gradients: readonly number[];

  constructor(
    kernels: Kernels,
    arena: Arena,
    model: MlpModel,
    { epsilon, weight, rows, features }: {
      epsilon: number;
      weight: number;
      /** Of a batch. */
      rows: number;
      features: number;
    },
  ) {
    this.#kernels = kernels;
    this.#model = model;
    this.#epsilon = epsilon;
    this.#weight = weight;
    this.#dx = arena.region(panelBytes(kernels.precision, rows, features));
    this.#values = arena.region(panelBytes(kernels.precision, rows, features));
    this.#gradients = model.parameters.blocks.map(({ bytes }) => arena.region(bytes));
  }

  /** Computes the gradient of both parts, for rows that `forward()` has just taken in training. */
  backward(rows: Rows): void {
    const kernels = this.#kernels;
    const model = this.#model;
    const { blocks } = model.parameters;
    const attacked = this.attack(rows);
    blocks.forEach(({ gradient, bytes }, n) => {
      copyBytes(kernels, gradient, this.#gradients[n], bytes);
    });
    model.forward(attacked, "again");
    model.backward(attacked);
    blocks.forEach(({ gradient, bytes }, n) => {
      mix(kernels, this.#gradients[n], gradient, bytes, 1 - this.#weight);
    });
  }

  /**
   * Moves rows that `forward()` has just taken in training by ε in the direction in which their loss
   * grows, input by input; leaves the gradient of J(x) in the model.
   */
  attack(rows: Rows): Rows {
    const kernels = this.#kernels;
    const bytes = valueBytes(kernels, rows);
    this.#model.backward(rows, this.#dx);
    copyBytes(kernels, rows.values, this.#values, bytes);
    // By a kernel that updates use: x + 0·dx + ε·sign(dx).
    kernels.penalizeGradient(this.#dx, this.#values, bytes, this.#epsilon, 0, Infinity);
    return { ...rows, values: this.#values };
  }
}

/** Reserves the regions of adversarial training; undefined if the config turns it off. */
export function reserveAdversarial(
  kernels: Kernels,
  arena: Arena,
  { adversarial: epsilon, adversarialWeight: weight }: MlpConfig,
  { model, ...shape }: { model: MlpModel; rows: number; features: number },
): Adversarial | undefined {
  if (epsilon === 0) return undefined;
  return new Adversarial(kernels, arena, model, { epsilon, weight, ...shape });
}
