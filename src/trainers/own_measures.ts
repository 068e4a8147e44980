import type { TrainerName } from "./hyperparameters.ts";
import type { OwnMeasure } from "./trainer.ts";
import { trainersNamed } from "./trainer_named.ts";

/**
 * The measures of some trainers beside the common ones, in the order of columns.
 *
 * @throws {UserError} If there is no trainer of one of the names.
 */
export function ownMeasuresOf(names: Iterable<TrainerName>): OwnMeasure[] {
  const measures = trainersNamed(names).flatMap(({ measures }) => measures);
  return [...new Map(measures.map((measure) => [measure.key, measure])).values()];
}
