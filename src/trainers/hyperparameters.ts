import type { Hyperparameter } from "./hyperparameter.ts";
import { TRAINERS } from "./registry.ts";
import type { TrainerName } from "./trainer.ts";
import { trainerNamed } from "./trainer_named.ts";

/**
 * THE table of hyperparameters, trainer by trainer: validation, `--set`, CSV columns, the JSON
 * schema, docs/hyperparameters.md and the report's labels all derive from the trainers' rows.
 */
export const HYPERPARAMETERS: readonly Hyperparameter[] = TRAINERS.flatMap((trainer) =>
  trainer.hyperparameters
);

/**
 * A trainer's rows, in the table's order.
 *
 * @throws {UserError} If there is no such trainer.
 */
export function hyperparametersOf(trainer: TrainerName): readonly Hyperparameter[] {
  return trainerNamed(trainer).hyperparameters;
}

/**
 * A trainer's row with a key.
 *
 * @throws {RangeError} If the trainer has no such hyperparameter.
 * @throws {UserError} If there is no such trainer.
 */
export function hyperparameterOf(trainer: TrainerName, key: string): Hyperparameter {
  const row = hyperparametersOf(trainer).find((row) => row.key === key);
  if (!row) throw new RangeError(`Trainer ${trainer} has no hyperparameter ${key}`);
  return row;
}
