import type { Kernels } from "../../../kernels/kernels.ts";
import { type ResumableStream, resumableStream } from "../../../random_stream.ts";
import type { KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import { mix } from "../mix.ts";
import { valueBytes } from "../row_targets.ts";
import type { Rows } from "../rows.ts";
import { drawBeta } from "./_draw_beta.ts";
import { OtherRows } from "./_other_rows.ts";
import type { CreateRowChange, RowChange, StepShape } from "./row_change.ts";

/**
 * Mixup: each row x with the target t becomes λ·x + (1 − λ)·x', and its loss that of λ·t + (1 − λ)·t',
 * where x' is a row of the same step, by a random permutation, and λ is drawn from Beta(α, α) once
 * for the step. How losses are mixed: `rowLoss()`. Rows that are mixed already stay as they are.
 *
 * Source: Zhang et al., mixup: Beyond empirical risk minimization (2018), equation 1 and figure 1.
 */
export const mixup: CreateRowChange = (kernels, arena, { mixup: alpha }, shape) => {
  return alpha > 0 ? new Mixup(kernels, arena, alpha, shape) : undefined;
};

class Mixup implements RowChange {
  readonly #kernels: Kernels;
  readonly #alpha: number;
  readonly #others: OtherRows;
  #stream: ResumableStream = resumableStream("");

  constructor(kernels: Kernels, arena: Arena, alpha: number, shape: StepShape) {
    this.#kernels = kernels;
    this.#alpha = alpha;
    this.#others = new OtherRows(kernels, arena, shape);
  }

  initialize(seed: number | string): void {
    this.#stream = resumableStream(`${seed}/mixup`);
  }

  apply(rows: Rows): Rows {
    const { random } = this.#stream;
    const share = drawBeta(this.#alpha, random);
    const order = this.#others.draw(rows.count, random);
    if (rows.mixed) return rows;
    const { values, targets, factors } = this.#others.gather(rows, order);
    mix(this.#kernels, rows.values, values, valueBytes(this.#kernels, rows), share);
    return { ...rows, values, mixed: { targets, factors, share: 1 - share } };
  }

  kept(): KeptBytes[] {
    return [{ name: "mixup.random", bytes: this.#stream.state }];
  }
}
