import { programTrainer } from "./command/program_trainer.ts";
import type { OwnCode } from "./own_code.ts";
import type { Trainer } from "./trainer.ts";

/**
 * The trainer that a user's own code stands for.
 *
 * @throws {TypeError} If it is of a kind that this version does not run.
 */
export function ownTrainer(code: OwnCode): Trainer {
  if (code.kind === "program") return programTrainer(code);
  const { name, kind } = code;
  throw new TypeError(`Cannot run trainer ${name}: it is a ${kind}`);
}
