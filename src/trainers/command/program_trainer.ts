import type { ProgramCode } from "../own_code.ts";
import type { Trainer } from "../trainer.ts";

/**
 * Operations that stand for a run of a program, since nobody knows how long it takes before the first
 * one has ended: with the pace of a slow machine, they take a second.
 */
const COST = 5e8;

/** The trainer that a program is: each of its runs starts it once. */
export function programTrainer(code: ProgramCode): Trainer {
  return {
    name: code.name,
    version: code.version,
    own: code,
    tasks: code.tasks,
    hyperparameters: code.hyperparameters,
    largestSeed: Number.MAX_SAFE_INTEGER,
    measures: [],
    printsLines: false,
    usesKernels: false,
    cost: () => COST,
    async load(context) {
      const { loadProgram } = await import("./train_program.ts");
      return loadProgram(code, context);
    },
  };
}
