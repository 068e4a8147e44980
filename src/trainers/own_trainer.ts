import type { OwnCode } from "./own_code.ts";
import type { Trainer, TrainerContext } from "./trainer.ts";

/**
 * Operations that stand for a run, since nobody knows how long it takes before the first one has ended.
 * With the pace of a slow machine, those of a program take a second.
 */
const UNKNOWN_COST: Readonly<Record<OwnCode["kind"], number>> = { module: 1e9, program: 5e8 };

/** The trainer that a user's own code is. */
export function ownTrainer(code: OwnCode): Trainer {
  const { name, version, tasks, hyperparameters } = code;
  return {
    name,
    version,
    own: code,
    tasks,
    hyperparameters,
    largestSeed: Number.MAX_SAFE_INTEGER,
    measures: [],
    printsLines: false,
    cost: () => UNKNOWN_COST[code.kind],
    async load(context) {
      if (code.kind === "module") {
        const { loadModule } = await import("./module/load_module.ts");
        return loadModule(code, context);
      }
      const { loadProgram } = await import("./command/train_program.ts");
      return loadProgram(code, context);
    },
    ...code.kind === "module" && code.predicts && {
      async predictor(context: TrainerContext) {
        const { modulePredictor } = await import("./module/predict_module.ts");
        return await modulePredictor(code, context);
      },
    },
  };
}
