import { nearest } from "../nearest.ts";
import { UserError } from "../user_error.ts";
import { TRAINERS } from "./registry.ts";
import type { Trainer, TrainerName } from "./trainer.ts";

/** The trainers' names, in the registry's order. */
export const TRAINER_NAMES: readonly TrainerName[] = TRAINERS.map(({ name }) => name);

/** The trainer of experiments that do not name one. */
export const [DEFAULT_TRAINER] = TRAINERS;

const BY_NAME: ReadonlyMap<unknown, Trainer> = new Map(
  TRAINERS.map((trainer) => [trainer.name, trainer]),
);

/** Whether a value is the name of a trainer. */
export function isTrainerName(value: unknown): value is TrainerName {
  return BY_NAME.has(value);
}

/**
 * The trainer with a name.
 *
 * @throws {UserError} If there is no such trainer.
 */
export function trainerNamed(name: TrainerName): Trainer {
  const trainer = BY_NAME.get(name);
  if (trainer) return trainer;
  const suggestion = nearest(name, TRAINER_NAMES);
  throw new UserError({
    message: `Unknown trainer ${JSON.stringify(name)}: this regsweep has ${
      TRAINER_NAMES.join(", ")
    }`,
    hint: suggestion && `did you mean "${suggestion}"?`,
  });
}

/**
 * The trainers with some names, each once, in the registry's order.
 *
 * @throws {UserError} If there is no trainer with one of the names.
 */
export function trainersNamed(names: Iterable<TrainerName>): readonly Trainer[] {
  const named = new Set(Array.from(names, trainerNamed));
  return TRAINERS.filter((trainer) => named.has(trainer));
}

/** The versions of the trainers of some cells, by the trainers' names. */
export function trainerVersions(
  cells: Iterable<{ readonly trainer: TrainerName }>,
): Record<TrainerName, Trainer["version"]> {
  const names = new Set<TrainerName>();
  for (const { trainer } of cells) names.add(trainer);
  return Object.fromEntries(Array.from(names, (name) => [name, trainerNamed(name).version]));
}
