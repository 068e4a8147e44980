import type { GivenArray } from "./given_array.ts";
import { RunFailure } from "./run_failure.ts";
import type { Parameter } from "./trainer.ts";

/** What else a file of saved weights has by name: see `exportModel()`. */
const TAKEN = ["__metadata__", "rows.train", "rows.validation", "rows.test"];

/**
 * The parameters that an own trainer's arrays are: those of more than one dimension have histograms.
 *
 * @throws {RunFailure} If one has a name that means something else.
 */
export function parametersOf(arrays: readonly GivenArray[]): Parameter[] {
  const taken = arrays.find(({ name }) => TAKEN.includes(name));
  if (taken) {
    throw new RunFailure(
      `Cannot use parameter ${taken.name}: a file of saved weights has something else of this name`,
    );
  }
  return arrays.map((array) => ({ ...array, hasHistogram: array.shape.length > 1 }));
}
