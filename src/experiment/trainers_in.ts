import { isMapping, type Mapping } from "./_mapping.ts";
import { type TrainerName, trainerNamed, TRAINERS } from "./hyperparameters.ts";

/**
 * The trainers that an experiment as written asks for, in the order of `TRAINERS`: what the blocks
 * of its grid name and, where there is one that names none, the experiment's own.
 */
export function trainersIn({ trainer, grid }: Mapping): readonly TrainerName[] {
  const blocks = Array.isArray(grid) ? grid : [grid];
  const named = new Set(blocks.flatMap((block) => {
    const names = namesIn(block);
    return names.length > 0 ? names : [trainerNamed(trainer)];
  }));
  return TRAINERS.filter((name) => named.has(name));
}

function namesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "trainer" ? [member].flat().map(trainerNamed) : namesIn(member)
  );
}
