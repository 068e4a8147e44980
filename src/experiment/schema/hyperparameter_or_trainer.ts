import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import { HYPERPARAMETERS } from "../../trainers/hyperparameters.ts";
import { TRAINER_NAMES } from "../../trainers/trainer_named.ts";

/** The row of a key, of any trainer; `trainer` itself acts as a hyperparameter with words. */
export function hyperparameterOrTrainer(key: string): Hyperparameter {
  return HYPERPARAMETERS.find((row) => row.key === key) ??
    { ...HYPERPARAMETERS[0], key, type: "word", shape: "scalar", words: TRAINER_NAMES };
}
