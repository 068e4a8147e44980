import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { preparationRow } from "./preparation_rows.ts";

/**
 * The row of a key, of any trainer or of how rows are prepared; `trainer` itself acts as a hyperparameter
 * with words.
 */
export function hyperparameterOrTrainer(key: string, trainers: Trainers): Hyperparameter {
  return trainers.row(key) ?? preparationRow(key) ??
    { ...trainers.rows[0], key, type: "word", shape: "scalar", words: trainers.names };
}
