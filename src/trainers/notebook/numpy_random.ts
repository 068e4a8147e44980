import { UserError } from "../../user_error.ts";
import { log } from "./_float64_math.ts";
import { Mt19937, tempered } from "./_mt19937.ts";

const TWO_26 = 67_108_864;
const TWO_53 = 9_007_199_254_740_992;

/** Draws that `placesUpTo()` makes at a time. */
const CHUNK_DRAWS = 1024;

/**
 * NumPy's legacy generator, `np.random.RandomState(seed)`: the same draws in the same order.
 *
 * Integers and doubles equal NumPy's bit for bit. Normals do too, except for the last bit or two of
 * 1 in 3,000, where NumPy's C library does not round a logarithm correctly.
 *
 * Source: NumPy, numpy/random/src/{mt19937,legacy,distributions}.
 */
export class NumpyRandom {
  readonly #generator: Mt19937;
  /** What `placesUpTo()` needs in each step of a run. */
  readonly #words = new Int32Array(2 * CHUNK_DRAWS);
  #places = new Int32Array();
  /** The polar method makes two normals at a time. */
  #secondNormal: number | undefined;

  /** @throws {UserError} If NumPy would not accept the seed. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new UserError(`Cannot use seed ${seed}: NumPy's seed must be an integer in [0, 2^32)`);
    }
    this.#generator = new Mt19937(seed);
  }

  /**
   * What its next integers and doubles depend on, to be copied and overwritten; the second one of two
   * normals is left out.
   */
  get state(): Uint8Array {
    return this.#generator.state;
  }

  /** Whether its state is a possible one; once overwritten, it may not be. */
  get isValid(): boolean {
    return this.#generator.isValid;
  }

  /** `random()`: uniform in [0, 1), a multiple of 2^-53. */
  random(): number {
    const high = this.#generator.uint32() >>> 5;
    const low = this.#generator.uint32() >>> 6;
    return (high * TWO_26 + low) / TWO_53;
  }

  /**
   * The places, from 0 and ascending, of those of the next draws of `random()` that are at most
   * `rate`; valid until it is called again.
   */
  placesUpTo(rate: number, draws: number): Int32Array {
    if (this.#places.length < draws) this.#places = new Int32Array(draws);
    const places = this.#places;
    const words = this.#words;
    // Both are exact.
    const largest = rate * TWO_53;
    const largestHigh = Math.floor(largest / TWO_26);
    let count = 0;
    for (let first = 0; first < draws; first += CHUNK_DRAWS) {
      const chunk = Math.min(CHUNK_DRAWS, draws - first);
      this.#generator.fill(words.subarray(0, 2 * chunk));
      for (let n = 0; n < chunk; n++) {
        places[count] = first + n;
        const high = tempered(words[2 * n]) >>> 5;
        if (high === largestHigh) {
          const low = tempered(words[2 * n + 1]) >>> 6;
          if (high * TWO_26 + low <= largest) count++;
        } else {
          // Its sign, since a branch that is taken at random takes longer.
          count += (high - largestHigh) >>> 31;
        }
      }
    }
    return places.subarray(0, count);
  }

  /** `randn()`: standard normal. Source: Marsaglia and Bray, SIAM Review 6 (1964). */
  randn(): number {
    const second = this.#secondNormal;
    if (second !== undefined) {
      this.#secondNormal = undefined;
      return second;
    }
    for (;;) {
      const u = 2 * this.random() - 1;
      const v = 2 * this.random() - 1;
      const r2 = u * u + v * v;
      if (r2 >= 1 || r2 === 0) continue;
      const factor = Math.sqrt(-2 * log(r2) / r2);
      this.#secondNormal = factor * u;
      return factor * v;
    }
  }

  /** An integer, uniform in [0, maximum]: the first draw under the smallest mask that fits. */
  interval(maximum: number): number {
    if (maximum === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(maximum);
    for (;;) {
      const value = (this.#generator.uint32() & mask) >>> 0;
      if (value <= maximum) return value;
    }
  }

  /**
   * The order of rows after `shuffle(a)` of an array with this many rows: their original indices.
   */
  shuffledRows(rows: number): Int32Array {
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    for (let last = rows - 1; last > 0; last--) {
      const chosen = this.interval(last);
      const row = order[last];
      order[last] = order[chosen];
      order[chosen] = row;
    }
    return order;
  }
}
