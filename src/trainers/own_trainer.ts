import { programTrainer } from "./command/program_trainer.ts";
import { moduleTrainer } from "./module/module_trainer.ts";
import type { OwnCode } from "./own_code.ts";
import type { Trainer } from "./trainer.ts";

/** The trainer that a user's own code stands for. */
export function ownTrainer(code: OwnCode): Trainer {
  return code.kind === "module" ? moduleTrainer(code) : programTrainer(code);
}
