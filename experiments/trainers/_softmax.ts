import type { ExactMath } from "../../src/mod.ts";

/** Turns the scores of rows, (rows, classes), into their probabilities, in place. */
export function softmax(scores: Float64Array, classes: number, math: ExactMath): Float64Array {
  for (let first = 0; first < scores.length; first += classes) {
    const row = scores.subarray(first, first + classes);
    // The largest is subtracted, which changes no probability, so that exp() stays finite.
    const largest = Math.max(...row);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += row[c] = math.exp(row[c] - largest);
    for (let c = 0; c < classes; c++) row[c] /= sum;
  }
  return scores;
}
