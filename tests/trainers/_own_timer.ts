import type { ProgramCode } from "../../src/trainers/own_code.ts";
import { ownTrainer } from "../../src/trainers/own_trainer.ts";
import { BUILT_IN, Trainers } from "../../src/trainers/trainers.ts";

/** A program that measures something and needs no dataset. */
export const TIMER: ProgramCode = {
  kind: "program",
  name: "timer",
  version: "f".repeat(64),
  tasks: [],
  hyperparameters: [{
    key: "threads",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 1,
    sobolDimension: 0,
    label: "Threads",
    help: "how many threads the program has",
  }],
  command: ["./timer"],
  folder: "/nowhere",
  files: [],
  env: {},
  retries: 0,
  deterministic: true,
};

/** The built-in trainers and that program. */
export const WITH_TIMER: Trainers = new Trainers([...BUILT_IN.all, ownTrainer(TIMER)]);
