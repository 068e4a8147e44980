import type { TrainerName } from "../experiment/hyperparameters.ts";
import { createMlpTrainer, MLP_VERSION } from "./mlp.ts";
import type { Trainer, TrainerContext } from "./trainer.ts";

const TRAINERS: Record<
  TrainerName,
  { version: number; create: (context: TrainerContext) => Trainer }
> = {
  mlp: { version: MLP_VERSION, create: createMlpTrainer },
};

/** The trainer of that name, on one dataset. */
export function createTrainer(name: TrainerName, context: TrainerContext): Trainer {
  return TRAINERS[name].create(context);
}

/** The version that is part of the keys of that trainer's runs. */
export function trainerVersion(name: TrainerName): number {
  return TRAINERS[name].version;
}
