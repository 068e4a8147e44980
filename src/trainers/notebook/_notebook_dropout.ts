import type { LanePanels } from "./_lane_panels.ts";
import { type Matrix, transposed } from "./_matrix.ts";
import type { NumpyRandom } from "./numpy_random.ts";

/** Sets units of h1 to 0. */
export function drop(h1: LanePanels, random: NumpyRandom, rate: number): void {
  const { values, rows, columns, step } = h1;
  const places = random.placesUpTo(rate, rows * columns);
  let row = 0;
  let start = h1.start(0);
  for (let n = 0; n < places.length; n++) {
    while (places[n] >= (row + 1) * columns) start = h1.start(++row);
    // A product, as NumPy's: −0 where a value is negative, NaN where it is not finite.
    values[start + (places[n] - row * columns) * step] *= 0;
  }
}

/** The units of h1 that dropout sets to 0, and their values without dropout: one element each. */
export interface DroppedUnits {
  readonly rows: Int32Array;
  readonly units: Int32Array;
  readonly values: Float64Array;
}

/** Draws the units that dropout sets to 0, with their values in h1 = h0·whh1 + b1. */
export function droppedUnits(
  random: NumpyRandom,
  rate: number,
  h0: LanePanels,
  whh1: Matrix,
  b1: number,
): DroppedUnits {
  const { columns: hidden, step, values: h0Values } = h0;
  const places = random.placesUpTo(rate, h0.rows * hidden);
  const rows = places.map((place) => Math.floor(place / hidden));
  const units = places.map((place) => place % hidden);
  const weights = transposed(whh1).values;
  const values = new Float64Array(places.length);
  const last = places.length - 1;
  // Four units side by side: the next product of a unit waits for the sum of its last ones.
  for (let n = 0; n <= last; n += 4) {
    const [n1, n2, n3] = [Math.min(n + 1, last), Math.min(n + 2, last), Math.min(n + 3, last)];
    let [x0, x1] = [h0.start(rows[n]), h0.start(rows[n1])];
    let [x2, x3] = [h0.start(rows[n2]), h0.start(rows[n3])];
    const [w0, w1] = [units[n] * hidden, units[n1] * hidden];
    const [w2, w3] = [units[n2] * hidden, units[n3] * hidden];
    let [sum0, sum1, sum2, sum3] = [b1, b1, b1, b1];
    for (let k = 0; k < hidden; k++, x0 += step, x1 += step, x2 += step, x3 += step) {
      sum0 += h0Values[x0] * weights[w0 + k];
      sum1 += h0Values[x1] * weights[w1 + k];
      sum2 += h0Values[x2] * weights[w2 + k];
      sum3 += h0Values[x3] * weights[w3 + k];
    }
    values[n] = sum0;
    values[n1] = sum1;
    values[n2] = sum2;
    values[n3] = sum3;
  }
  return { rows, units, values };
}
