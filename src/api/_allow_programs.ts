import type { Trainer } from "../trainers/trainer.ts";
import { UserError } from "../user_error.ts";
import { programsOf, type StartsPrograms } from "./programs.ts";

/**
 * Makes sure that no program starts unasked.
 *
 * @throws {UserError} If a trainer is a program, and programs may not be started.
 */
export async function allowPrograms(
  trainers: readonly Trainer[],
  startsPrograms: StartsPrograms = false,
): Promise<void> {
  const programs = programsOf(trainers);
  if (programs.length === 0 || startsPrograms === true) return;
  if (startsPrograms) return await startsPrograms(programs);
  const names = programs.map(({ name }) => name).join(" and ");
  throw new UserError(`Cannot start the program of ${names} without startsPrograms`);
}
