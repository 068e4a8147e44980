import { readHyperparameters } from "../../src/trainers/own_hyperparameters.ts";
import { ownTrainer as trainerOf } from "../../src/trainers/own_trainer.ts";
import type { Trainer } from "../../src/trainers/trainer.ts";
import { BUILT_IN, Trainers } from "../../src/trainers/trainers.ts";

/** A program's trainer with hyperparameters as an experiment defines them. */
export function ownTrainer(
  hyperparameters: Readonly<Record<string, unknown>>,
  name = "own",
): Trainer {
  return trainerOf({
    kind: "program",
    name,
    version: "0".repeat(64),
    tasks: ["classification", "regression"],
    hyperparameters: readHyperparameters(hyperparameters).rows,
    command: ["true"],
    folder: "/",
    files: [],
    env: {},
    retries: 0,
    deterministic: true,
  });
}

/** The built-in trainers, and own ones. */
export function withOwn(...own: readonly Trainer[]): Trainers {
  return new Trainers([...BUILT_IN.all, ...own]);
}
