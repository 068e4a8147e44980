import { type Kernels, lanesOf } from "../../../kernels/kernels.ts";
import { panelBytes, panelStride } from "../../../kernels/layouts.ts";
import { bytesAt, type KeptBytes } from "../../kept_bytes.ts";
import { GENERATOR_BYTES, seedGenerator } from "../kernel_generator.ts";
import type { Arena } from "../arena.ts";
import type { Rows } from "../rows.ts";
import type { CreateRowChange, RowChange } from "./row_change.ts";

/**
 * Gaussian noise on training rows, drawn again each time they are trained on.
 *
 * Source: Bishop, Training with noise is equivalent to Tikhonov regularization (1995).
 */
export const inputNoise: CreateRowChange = (kernels, arena, config, shape) => {
  const { inputNoise: deviation } = config;
  return deviation > 0 ? new InputNoise(kernels, arena, { deviation, ...shape }) : undefined;
};

class InputNoise implements RowChange {
  readonly #kernels: Kernels;
  readonly #deviation: number;
  readonly #features: number;
  readonly #random: number;
  /** The noise (B,F) in output panels, and the noisy rows in lane panels. */
  readonly #noise: number;
  readonly #noisy: number;
  /** Rows of an epoch's last batch if it is smaller than the others, else 0. */
  readonly #lastRows: number;

  constructor(
    kernels: Kernels,
    arena: Arena,
    { deviation, rows, features, trainRows }: {
      deviation: number;
      /** Of a batch. */
      rows: number;
      features: number;
      /** All rows. */
      trainRows: number;
    },
  ) {
    this.#kernels = kernels;
    this.#deviation = deviation;
    this.#features = features;
    this.#lastRows = trainRows % rows;
    this.#random = arena.region(GENERATOR_BYTES);
    const size = kernels.precision === "f32" ? 4 : 8;
    this.#noise = arena.region(rows * Math.ceil(features / 4) * 4 * size);
    this.#noisy = arena.region(panelBytes(kernels.precision, rows, features));
  }

  initialize(seed: number | string): void {
    seedGenerator(this.#kernels, this.#random, `${seed}/input_noise`);
  }

  apply(rows: Rows): Rows {
    const { values, count, stride } = rows;
    const features = this.#features;
    this.#kernels.drawNormal(this.#random, this.#noise, count, features, this.#deviation);
    this.#kernels.addMatrix(values, this.#noise, this.#noisy, count, features, stride);
    return { ...rows, values: this.#noisy };
  }

  kept(): KeptBytes[] {
    const kernels = this.#kernels;
    const random = { name: "noise.random", bytes: bytesAt(kernels, this.#random, GENERATOR_BYTES) };
    const lanes = lanesOf(kernels.precision);
    if (this.#lastRows % lanes === 0) return [random];
    // The last panel of a smaller batch also has rows of the batch before.
    const stride = panelStride(this.#features);
    const at = this.#noisy + Math.floor(this.#lastRows / lanes) * stride;
    return [random, { name: "noise.rows", bytes: bytesAt(kernels, at, stride) }];
  }
}
