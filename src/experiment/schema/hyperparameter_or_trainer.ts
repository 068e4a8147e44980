import type { Hyperparameter } from "../../trainers/hyperparameters.ts";
import { HYPERPARAMETERS, TRAINERS } from "../../trainers/hyperparameters.ts";

/** The row of a key, whichever trainer's; `trainer` itself is like a hyperparameter with words. */
export function hyperparameterOrTrainer(key: string): Hyperparameter {
  return HYPERPARAMETERS.find((row) => row.key === key) ??
    { ...HYPERPARAMETERS[0], key, type: "word", shape: "scalar", words: TRAINERS };
}
