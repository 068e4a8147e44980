import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import { HYPERPARAMETERS } from "../../trainers/hyperparameters.ts";
import { TRAINER_NAMES } from "../../trainers/trainer_named.ts";
import { preparationRow } from "./preparation_rows.ts";

/**
 * The row of a key, of any trainer or of how rows are prepared; `trainer` itself acts as a hyperparameter
 * with words.
 */
export function hyperparameterOrTrainer(key: string): Hyperparameter {
  return HYPERPARAMETERS.find((row) => row.key === key) ?? preparationRow(key) ??
    { ...HYPERPARAMETERS[0], key, type: "word", shape: "scalar", words: TRAINER_NAMES };
}
