import type { GivenArray } from "./given_array.ts";
import type { Parameter } from "./trainer.ts";

/** The parameters that an own trainer's arrays are: those of more than one dimension have histograms. */
export function parametersOf(arrays: readonly GivenArray[]): Parameter[] {
  return arrays.map((array) => ({ ...array, hasHistogram: array.shape.length > 1 }));
}
