import { formatCount } from "../../format_number.ts";
import type { Config } from "../hyperparameter.ts";
import type { RunShape, Shortcut, Trainer } from "../trainer.ts";
import { WEIGHT_MEASURES } from "../weight_measures.ts";
import { cyclesBefore, mostMembers } from "./mlp_cycles.ts";
import { mlpCanGoOn } from "./mlp_can_go_on.ts";
import { mlpConfig } from "./mlp_config.ts";
import { MLP_HYPERPARAMETERS } from "./mlp_hyperparameters.ts";
import { MLP_IDLE } from "./mlp_idle.ts";

/** Above this many rows, what a step learns from them all is hardly worth what it takes. */
const MANY_ROWS = 10_000;
const SMALL_BATCH = 64;

/** A multilayer perceptron in float32. */
export const mlp: Trainer = {
  name: "mlp",
  version: 2,
  tasks: ["classification", "regression"],
  hyperparameters: MLP_HYPERPARAMETERS,
  largestSeed: Number.MAX_SAFE_INTEGER,
  steps: {
    key: "steps",
    evaluationKey: "evaluate_every",
    canStop: true,
    canGoOn: mlpCanGoOn,
    countOf: ({ steps }) => Number(steps),
    withCount: (config, steps) => ({ ...config, steps, "early_stopping": "none" }),
  },
  measures: WEIGHT_MEASURES,
  printsLines: false,
  precision: "f32",
  cost: mlpCost,
  shortcut: smallerBatch,
  idle: MLP_IDLE,
  memory: {
    keys: [
      ...["hidden", "activation", "optimizer", "batch_size", "l1_method", "group_lasso"],
      ...["dropout", "input_noise", "class_weight", "cutout", "cutmix", "mixup", "adversarial"],
      ...["lookahead_steps", "averaging_start"],
      ...["batch_norm", "skip", "shake_drop"],
    ],
    boundKeys: ["hidden", "batch_size"],
    async load() {
      const { mlpMemory } = await import("./mlp_memory.ts");
      return mlpMemory;
    },
  },
  async starter(shape) {
    const { mlpStarter } = await import("./mlp_starter.ts");
    return mlpStarter(shape);
  },
  async load(context) {
    const { loadMlp } = await import("./train_mlp.ts");
    return loadMlp(context);
  },
  async predictor(context) {
    const { mlpPredictor } = await import("./predict_mlp.ts");
    return mlpPredictor(context);
  },
};

/** Small batches, if each step takes very many rows. */
function smallerBatch(config: Config, { trainRows }: RunShape): Shortcut | undefined {
  const rows = Math.min(mlpConfig(config).batchSize, trainRows);
  if (rows <= MANY_ROWS) return undefined;
  const reason = `each step takes ${formatCount(rows)} rows`;
  return { key: "batch_size", value: SMALL_BATCH, reason };
}

/** What normalizing a unit of a row takes in a training step, and in an evaluation. */
const NORM_COST = { training: 32, evaluation: 4 };

/**
 * Floating-point operations of a run's matrix products, evaluations included, and of batch
 * normalization, which has fewer, but reads each number several times.
 */
function mlpCost(config: Config, shape: RunShape): number {
  const settings = mlpConfig(config);
  const { hidden, steps, batchSize, evaluateEvery, adversarial, batchNorm } = settings;
  const widths = [shape.columns, ...hidden, shape.classes];
  const weights = widths.slice(1).map((outputs, n) => widths[n] * outputs);
  const all = weights.reduce((sum, count) => sum + count, 0);
  // Forward passes and weight gradients involve every layer, input gradients all but the first.
  const units = batchNorm === "on" ? hidden.reduce((sum, width) => sum + width, 0) : 0;
  const once = 2 * (3 * all - weights[0]) + NORM_COST.training * units;
  // Adversarial rows are trained on, too, and come from the gradient of the inputs.
  const perTrainingRow = adversarial > 0 ? 2 * once + 2 * weights[0] : once;
  const evaluations = Math.floor(steps / evaluateEvery) + 1;
  // Moments for other weights than the trained ones take one more pass over the training rows.
  const isOther = settings.lookaheadSteps < Infinity || settings.averagingStart <= steps;
  const momentRows = batchNorm === "on" && isOther ? shape.trainRows : 0;
  // Every member of an ensemble is evaluated; there are fewer until the last cycles.
  const members = Math.min(cyclesBefore(settings, steps) + 1, mostMembers(settings));
  return steps * Math.min(batchSize, shape.trainRows) * perTrainingRow +
    evaluations * (members * (shape.trainRows + shape.validationRows) + momentRows) *
      (2 * all + NORM_COST.evaluation * units);
}
