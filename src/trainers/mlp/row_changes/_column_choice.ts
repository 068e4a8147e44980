import type { RandomStream } from "../../../random_stream.ts";

/**
 * Chooses some of a number of columns, uniformly over all choices, by as many draws.
 *
 * Source: Floyd's algorithm, in Bentley and Floyd, A sample of brilliance (1987).
 */
export class ColumnChoice {
  readonly #columns: number;
  /** All 0 between calls. */
  readonly #isChosen: Uint8Array;
  readonly #chosen: Int32Array;

  constructor(columns: number) {
    this.#columns = columns;
    this.#isChosen = new Uint8Array(columns);
    this.#chosen = new Int32Array(columns);
  }

  /** The numbers of `count` columns; valid until the next call. */
  draw(count: number, random: RandomStream): Int32Array {
    const chosen = this.#chosen.subarray(0, count);
    const isChosen = this.#isChosen;
    for (let n = 0; n < count; n++) {
      const last = this.#columns - count + n;
      const column = Math.floor(random() * (last + 1));
      chosen[n] = isChosen[column] === 1 ? last : column;
      isChosen[chosen[n]] = 1;
    }
    for (let n = 0; n < count; n++) isChosen[chosen[n]] = 0;
    return chosen;
  }
}
