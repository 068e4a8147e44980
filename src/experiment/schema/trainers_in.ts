import { listed, sweptKeys } from "../source/swept_keys.ts";
import type { Mapping } from "../source/mapping.ts";
import { type TrainerName, trainerNamed, TRAINERS } from "../../trainers/hyperparameters.ts";

/**
 * The trainers that an experiment as written asks for, in the order of `TRAINERS`: what the blocks
 * of its grid name and, where there is one that names none, the experiment's own.
 */
export function trainersIn({ trainer, grid }: Mapping): readonly TrainerName[] {
  const named = new Set(
    listed(grid, []).flatMap(({ item }) => {
      const swept = [...sweptKeys(item)].filter(({ key }) => key === "trainer");
      const names = swept.flatMap(({ value }) => value);
      return names.length > 0 ? names.map(trainerNamed) : [trainerNamed(trainer)];
    }),
  );
  return TRAINERS.filter((name) => named.has(name));
}
