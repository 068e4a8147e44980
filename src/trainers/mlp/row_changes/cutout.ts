import { type Kernels, lanesOf } from "../../../kernels/kernels.ts";
import { panelBytes } from "../../../kernels/layouts.ts";
import { type ResumableStream, resumableStream } from "../../../random_stream.ts";
import { copyBytes, type KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import { numbersAt, valueBytes } from "../row_targets.ts";
import type { Rows } from "../rows.ts";
import { ColumnChoice } from "./_column_choice.ts";
import type { CreateRowChange, RowChange } from "./row_change.ts";

/**
 * Cut-out: with a probability, a share of a row's inputs becomes 0, which is the mean of standardized
 * training rows. Each row is decided on alone and loses inputs of its own, as images do in the first
 * paper; the code of the second draws once for all rows of a step.
 *
 * Source: DeVries and Taylor, Improved regularization of convolutional neural networks with cutout
 * (2017); for tables, with a random choice of columns in place of a square: Kadra et al., Well-tuned
 * simple nets excel on tabular datasets (2021).
 */
export const cutout: CreateRowChange = (kernels, arena, config, { rows, features }) => {
  const { cutout: probability, cutoutShare: share } = config;
  if (probability === 0) return undefined;
  return new Cutout(kernels, arena, { probability, share, rows, features });
};

class Cutout implements RowChange {
  readonly #kernels: Kernels;
  readonly #probability: number;
  readonly #columns: ColumnChoice;
  /** How many inputs a row loses. */
  readonly #count: number;
  /** The rows with their cuts, in lane panels. */
  readonly #values: number;
  #stream: ResumableStream = resumableStream("");

  constructor(
    kernels: Kernels,
    arena: Arena,
    { probability, share, rows, features }: {
      probability: number;
      share: number;
      /** Of a batch. */
      rows: number;
      features: number;
    },
  ) {
    this.#kernels = kernels;
    this.#probability = probability;
    this.#columns = new ColumnChoice(features);
    this.#count = Math.max(1, Math.round(share * features));
    this.#values = arena.region(panelBytes(kernels.precision, rows, features));
  }

  initialize(seed: number | string): void {
    this.#stream = resumableStream(`${seed}/cutout`);
  }

  apply(rows: Rows): Rows {
    const { stride, count } = rows;
    const { random } = this.#stream;
    const lanes = lanesOf(this.#kernels.precision);
    const bytes = valueBytes(this.#kernels, rows);
    copyBytes(this.#kernels, rows.values, this.#values, bytes);
    const size = 16 / lanes;
    const values = numbersAt(this.#kernels, this.#values, bytes / size);
    for (let b = 0; b < count; b++) {
      if (random() >= this.#probability) continue;
      const first = Math.floor(b / lanes) * stride / size + b % lanes;
      for (const f of this.#columns.draw(this.#count, random)) values[first + f * lanes] = 0;
    }
    return { ...rows, values: this.#values };
  }

  kept(): KeptBytes[] {
    return [{ name: "cutout.random", bytes: this.#stream.state }];
  }
}
