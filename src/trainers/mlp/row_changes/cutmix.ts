import { type Kernels, lanesOf } from "../../../kernels/kernels.ts";
import { type ResumableStream, resumableStream } from "../../../random_stream.ts";
import type { KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import { numbersAt } from "../row_targets.ts";
import type { Rows } from "../rows.ts";
import { ColumnChoice } from "./_column_choice.ts";
import { OtherRows } from "./_other_rows.ts";
import type { CreateRowChange, RowChange, StepShape } from "./row_change.ts";

/**
 * Cut-mix: with a probability, the rows of a step get some inputs of other rows of the step, by a random
 * permutation, and their losses are mixed by the share of these inputs: see `rowLoss()`. All rows of a
 * step get the same inputs, max(1, ⌊u·inputs⌋) of them, with u uniform in [0, 1), as Beta(1, 1) is.
 *
 * Source: Yun et al., CutMix: Regularization strategy to train strong classifiers with localizable
 * features (2019), section 3.1; for tables, with a random choice of columns in place of a rectangle:
 * Kadra et al., Well-tuned simple nets excel on tabular datasets (2021).
 */
export const cutmix: CreateRowChange = (kernels, arena, { cutmix: probability }, shape) => {
  return probability > 0 ? new Cutmix(kernels, arena, probability, shape) : undefined;
};

class Cutmix implements RowChange {
  readonly #kernels: Kernels;
  readonly #probability: number;
  readonly #columns: ColumnChoice;
  readonly #isOther: Uint8Array;
  readonly #others: OtherRows;
  #stream: ResumableStream = resumableStream("");

  constructor(kernels: Kernels, arena: Arena, probability: number, shape: StepShape) {
    this.#kernels = kernels;
    this.#probability = probability;
    this.#columns = new ColumnChoice(shape.features);
    this.#isOther = new Uint8Array(shape.features);
    this.#others = new OtherRows(kernels, arena, shape);
  }

  initialize(seed: number | string): void {
    this.#stream = resumableStream(`${seed}/cutmix`);
  }

  apply(rows: Rows): Rows {
    const { random } = this.#stream;
    if (random() >= this.#probability) return rows;
    const { length: features } = this.#isOther;
    const count = Math.max(1, Math.floor(random() * features));
    this.#isOther.fill(0);
    for (const f of this.#columns.draw(count, random)) this.#isOther[f] = 1;
    const order = this.#others.draw(rows.count, random);
    const { values, targets, factors } = this.#others.gather(rows, order);
    this.#putBack(rows, values);
    return { ...rows, values, mixed: { targets, factors, share: count / features } };
  }

  kept(): KeptBytes[] {
    return [{ name: "cutmix.random", bytes: this.#stream.state }];
  }

  /** Copies the inputs that are not the other rows' from the rows. */
  #putBack({ values, stride, count }: Rows, target: number): void {
    const lanes = lanesOf(this.#kernels.precision);
    const panels = Math.ceil(count / lanes);
    const perPanel = stride * lanes / 16;
    const from = numbersAt(this.#kernels, values, panels * perPanel);
    const to = numbersAt(this.#kernels, target, panels * perPanel);
    this.#isOther.forEach((isOther, f) => {
      if (isOther === 1) return;
      for (let panel = 0; panel < panels; panel++) {
        const at = panel * perPanel + f * lanes;
        for (let lane = 0; lane < lanes; lane++) to[at + lane] = from[at + lane];
      }
    });
  }
}
