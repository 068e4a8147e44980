import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import type { Mapping } from "../source/mapping.ts";
import { listed, sweptKeys } from "../source/swept_keys.ts";

/**
 * The trainers that an experiment as written asks for, in the order of all: what the blocks of
 * its grid name and, where there is one that names none, the experiment's own.
 *
 * None if a name is unknown, since what it would take is unknown too.
 */
export function trainersIn(
  { trainer, grid }: Mapping,
  trainers: Trainers,
): readonly TrainerName[] {
  const named = new Set(
    listed(grid, []).flatMap(({ item }) => {
      const swept = [...sweptKeys(item)].filter(({ key }) => key === "trainer");
      const names = swept.flatMap(({ value }) => value);
      return names.length > 0 ? names : [trainer ?? trainers.default.name];
    }),
  );
  const areKnown = [...named].every((name) => trainers.has(name));
  return areKnown ? trainers.names.filter((name) => named.has(name)) : [];
}
