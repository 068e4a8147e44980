import type { ModuleCode } from "../own_code.ts";
import type { Trainer } from "../trainer.ts";

/** Runs whose work nobody knows all count the same. */
const UNKNOWN_COST = 1e9;

/** The trainer that a module is. */
export function moduleTrainer(code: ModuleCode): Trainer {
  return {
    name: code.name,
    version: code.version,
    tasks: code.tasks,
    hyperparameters: code.hyperparameters,
    largestSeed: Number.MAX_SAFE_INTEGER,
    measures: [],
    printsLines: false,
    usesKernels: false,
    cost: () => UNKNOWN_COST,
    async load(context) {
      const { loadModule } = await import("./load_module.ts");
      return loadModule(code, context);
    },
    own: code,
  };
}
