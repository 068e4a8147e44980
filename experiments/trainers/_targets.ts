import type { OwnData } from "../../src/mod.ts";

/** Targets as numbers that a model of quantities can fit. */
export interface Targets {
  /** How many numbers a row has: one per class, or 1 for quantities. */
  readonly outputs: number;
  /** (rows, outputs), row-major. */
  readonly values: Float64Array;
  /** Turns what a model says of rows, (rows, outputs), into class probabilities or quantities. */
  toPredictions(fitted: Float64Array): Float64Array;
}

/** No class is impossible: the loss of a row of such a class would be infinite. */
const LEAST_PROBABILITY = 0.001;

/**
 * Makes numbers of the training rows' targets.
 *
 * - Quantities: (y − mean) / deviation. So a penalty means the same in metres and in feet.
 * - Classes: one-hot, 1 for the row's class and 0 for the others. A fit estimates probabilities.
 */
export function targetsOf({ train: { y, rows }, classes }: OwnData): Targets {
  if (classes.length === 0) {
    const mean = y.reduce((sum, value) => sum + value) / rows;
    const squares = y.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    // If all are the same, there is nothing to divide by.
    const deviation = Math.sqrt(squares / rows) || 1;
    return {
      outputs: 1,
      values: y.map((value) => (value - mean) / deviation),
      toPredictions: (fitted) => fitted.map((value) => mean + deviation * value),
    };
  }
  const outputs = classes.length;
  const values = new Float64Array(rows * outputs);
  y.forEach((label, row) => values[row * outputs + label] = 1);
  return { outputs, values, toPredictions: (fitted) => toProbabilities(fitted, outputs) };
}

/** Raises estimates below the least probability to it, and scales each row's so that they add up to 1. */
function toProbabilities(fitted: Float64Array, classes: number): Float64Array {
  const probabilities = fitted.map((value) => Math.max(value, LEAST_PROBABILITY));
  for (let first = 0; first < fitted.length; first += classes) {
    const row = probabilities.subarray(first, first + classes);
    const sum = row.reduce((sum, value) => sum + value);
    row.forEach((value, c) => row[c] = value / sum);
  }
  return probabilities;
}
