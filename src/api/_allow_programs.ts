import { UserError } from "../user_error.ts";
import type { OwnProgram, StartsPrograms } from "./programs.ts";

/**
 * Makes sure that no program starts unasked.
 *
 * @throws {UserError} If there are programs, and they may not be started.
 */
export async function allowPrograms(
  programs: readonly OwnProgram[],
  startsPrograms: StartsPrograms = false,
): Promise<void> {
  if (programs.length === 0 || startsPrograms === true) return;
  if (startsPrograms) return await startsPrograms(programs);
  const names = programs.map(({ name }) => name).join(" and ");
  throw new UserError(`Cannot start the program of ${names} without startsPrograms`);
}
