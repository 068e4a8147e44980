import type { TrainerDescription } from "../trainers/trainer.ts";
import { BUILT_IN, Trainers } from "../trainers/trainers.ts";
import type { Manifest } from "./manifest.ts";

/**
 * The trainers of a manifest's cells, in its order.
 *
 * @throws {UserError} If this regsweep does not know one of them.
 */
export function trainersOf(
  { trainers }: Pick<Manifest, "trainers">,
): Trainers<TrainerDescription> {
  return new Trainers(Object.keys(trainers).map((name) => BUILT_IN.named(name)));
}
