import type { LanePanels } from "./_lane_panels.ts";
import { type Matrix, transposed } from "./_matrix.ts";
import type { NumpyRandom } from "./numpy_random.ts";

/** Sets units of h1 to 0. */
export function drop(h1: LanePanels, random: NumpyRandom, rate: number): void {
  const { values, rows, columns, step } = h1;
  for (let row = 0; row < rows; row++) {
    const start = h1.start(row);
    for (let at = start; at < start + columns * step; at += step) {
      values[at] *= Number(random.random() > rate);
    }
  }
}

/** A unit of h1 that dropout sets to 0, and its value without dropout. */
export interface DroppedUnit {
  readonly row: number;
  readonly unit: number;
  readonly value: number;
}

/** Draws the units that dropout sets to 0, with their values in h1 = h0·whh1 + b1. */
export function droppedUnits(
  random: NumpyRandom,
  rate: number,
  h0: LanePanels,
  whh1: Matrix,
  b1: number,
): DroppedUnit[] {
  const { values, step, columns: hidden } = h0;
  const columns = transposed(whh1).values;
  const units: DroppedUnit[] = [];
  for (let row = 0; row < h0.rows; row++) {
    const start = h0.start(row);
    for (let unit = 0; unit < hidden; unit++) {
      if (random.random() > rate) continue;
      let value = b1;
      for (let k = 0; k < hidden; k++) {
        value += values[start + k * step] * columns[unit * hidden + k];
      }
      units.push({ row, unit, value });
    }
  }
  return units;
}
