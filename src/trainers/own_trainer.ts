import type { OwnCode } from "./own_code.ts";
import type { Trainer } from "./trainer.ts";

/**
 * The trainer that a user's own code stands for.
 *
 * @throws {TypeError} If it is of a kind that this version does not run.
 */
export function ownTrainer({ name, kind }: OwnCode): Trainer {
  throw new TypeError(`Cannot run trainer ${name}: it is a ${kind}`);
}
