import type { Trainer } from "../trainers/trainer.ts";
import { UserError } from "../user_error.ts";

/**
 * Makes sure that no program starts unasked.
 *
 * @throws {UserError} If a trainer is a program, and programs may not be started.
 */
export function refusePrograms(
  trainers: readonly Trainer[],
  startsPrograms: boolean | undefined,
): Promise<void> {
  const names = trainers.flatMap(({ name, own }) => own?.kind === "program" ? [name] : []);
  if (names.length === 0 || startsPrograms) return Promise.resolve();
  const message = `Cannot start the program of ${names.join(" and ")} without startsPrograms`;
  return Promise.reject(new UserError(message));
}
