import type { TrainerDescription } from "../trainers/trainer.ts";
import { BUILT_IN, Trainers } from "../trainers/trainers.ts";
import type { Manifest } from "./manifest.ts";

/**
 * The trainers of a manifest's cells, in its order: the user's own as it describes them.
 *
 * @throws {UserError} If this regsweep does not know one of them.
 */
export function trainersOf(
  { trainers, own = [] }: Pick<Manifest, "trainers" | "own">,
): Trainers<TrainerDescription> {
  const described = Object.entries(trainers).map(([name, version]) => {
    const mine = own.find((trainer) => trainer.name === name);
    return mine ? { ...mine, version, measures: [] } : BUILT_IN.named(name);
  });
  return new Trainers(described);
}
