import type { Kernels } from "../../../kernels/kernels.ts";
import { type RandomStream, shuffle } from "../../../random_stream.ts";
import type { Arena } from "../arena.ts";
import { type GatheredRegions, gatherRows, reserveGathered } from "../gathered_rows.ts";
import type { Rows } from "../rows.ts";
import type { StepShape } from "./row_change.ts";

/** What a step's rows are mixed with: the same rows in a random order, which can leave some in place. */
export class OtherRows {
  readonly #kernels: Kernels;
  readonly #shape: StepShape;
  readonly #regions: GatheredRegions;
  readonly #order: Int32Array;

  constructor(kernels: Kernels, arena: Arena, shape: StepShape) {
    this.#kernels = kernels;
    this.#shape = shape;
    this.#regions = reserveGathered(kernels, arena, { ...shape, count: shape.rows });
    this.#order = new Int32Array(shape.rows);
  }

  /** Draws an order of `count` rows. */
  draw(count: number, random: RandomStream): Int32Array {
    const order = this.#order.subarray(0, count);
    order.forEach((_, b) => order[b] = b);
    shuffle(order, random);
    return order;
  }

  /** The rows in an order, which may be overwritten. */
  gather(rows: Rows, order: Int32Array): Rows {
    return gatherRows(this.#kernels, rows, this.#regions, order, this.#shape);
  }
}
