import type { Config } from "../hyperparameter.ts";
import type { IdleRule } from "../trainer.ts";
import { skipsOf } from "./mlp_config.ts";
import { firstCycleEnd, firstLowered } from "./mlp_schedule_rows.ts";

/** When hyperparameters of the `mlp` trainer change nothing: a test trains pairs for each rule. */
export const MLP_IDLE: readonly IdleRule[] = [
  {
    keys: ["momentum"],
    reads: ["optimizer"],
    isIdle: ({ optimizer }) => optimizer !== "sgd",
  },
  {
    keys: ["beta1", "beta2", "epsilon"],
    reads: ["optimizer"],
    isIdle: ({ optimizer }) => optimizer !== "adam",
  },
  {
    keys: ["init_scale"],
    reads: ["init"],
    isIdle: ({ init }) => init !== "normal",
  },
  {
    keys: ["l1_method"],
    reads: ["l1_penalty", "group_lasso"],
    isIdle: (config) => config.l1_penalty === 0 && config.group_lasso === 0,
  },
  {
    keys: ["cutout_share"],
    reads: ["cutout"],
    isIdle: ({ cutout }) => cutout === 0,
  },
  {
    keys: ["adversarial_weight"],
    reads: ["adversarial"],
    isIdle: ({ adversarial }) => adversarial === 0,
  },
  {
    keys: ["activation", "dropout", "batch_norm", "batch_norm_momentum"],
    reads: ["hidden"],
    isIdle: ({ hidden }) => (hidden as readonly number[]).length === 0,
  },
  {
    // The run ends before the schedule lowers the learning rate.
    keys: ["schedule", "schedule_period", "step_factor", "cycle_factor"],
    reads: ["schedule", "warm_up", "schedule_period", "steps"],
    isIdle: (config) => firstLowered(config) >= stepsOf(config),
  },
  {
    keys: ["schedule_period"],
    reads: ["schedule"],
    isIdle: ({ schedule }) => schedule === "constant" || schedule === "cosine",
  },
  {
    keys: ["step_factor"],
    reads: ["schedule"],
    isIdle: ({ schedule }) => schedule !== "step",
  },
  {
    keys: ["cycle_factor"],
    reads: ["schedule"],
    isIdle: ({ schedule }) => schedule !== "restarts",
  },
  {
    keys: ["batch_norm_momentum"],
    reads: ["batch_norm"],
    isIdle: (config) => config.batch_norm === "off",
  },
  {
    // Only the initial model, which no step has changed, is evaluated with running moments.
    keys: ["batch_norm_momentum"],
    reads: ["lookahead_steps", "averaging_start"],
    isIdle: (config) => config.lookahead_steps !== "none" || config.averaging_start === 1,
  },
  {
    // There is no hidden layer that is as wide as the one before it.
    keys: ["skip", "shake_drop"],
    reads: ["hidden"],
    isIdle: ({ hidden }) => !hasEqualWidths(hidden as readonly number[]),
  },
  {
    keys: ["shake_drop"],
    reads: ["skip"],
    isIdle: ({ skip }) => skip === "none",
  },
  {
    // A batch never has more rows than there are.
    keys: ["batch_size"],
    reads: ["batch_size"],
    isIdle: ({ batch_size: size }, { trainRows }) => size === "all" || Number(size) >= trainRows,
  },
  {
    // Nothing is pruned at step 0 or after the last update.
    keys: ["prune_threshold", "prune_period"],
    reads: ["prune_threshold", "prune_period", "steps"],
    isIdle: (config) =>
      config.prune_threshold === 0 || Number(config.prune_period) >= stepsOf(config),
  },
  {
    // The slow weights do not move.
    keys: ["lookahead_rate"],
    reads: ["lookahead_steps", "steps"],
    isIdle: (config) =>
      config.lookahead_steps === "none" || Number(config.lookahead_steps) > stepsOf(config),
  },
  {
    // The run ends before the first average.
    keys: ["averaging_start", "averaging_period"],
    reads: ["averaging_start", "steps"],
    isIdle: (config) =>
      config.averaging_start === "none" || Number(config.averaging_start) > stepsOf(config),
  },
  {
    // There are no second weights to average.
    keys: ["averaging_period"],
    reads: ["averaging_start", "averaging_period", "steps"],
    isIdle: (config) =>
      Number(config.averaging_start) + Number(config.averaging_period) > stepsOf(config),
  },
  {
    // No cycle ends before the run does.
    keys: ["snapshots"],
    reads: ["schedule", "warm_up", "schedule_period", "steps"],
    isIdle: (config) => firstCycleEnd(config) >= stepsOf(config),
  },
  {
    // Only the first and the last step are evaluated.
    keys: ["evaluate_every"],
    reads: ["evaluate_every", "steps"],
    isIdle: (config) => Number(config.evaluate_every) >= stepsOf(config),
  },
  {
    // There are too few evaluations to end training before its end.
    keys: ["early_stopping"],
    reads: ["early_stopping", "evaluate_every", "steps"],
    isIdle: (config) =>
      config.early_stopping !== "none" &&
      Number(config.early_stopping) >= Math.ceil(stepsOf(config) / Number(config.evaluate_every)),
  },
  {
    // Without an update, whatever acts on updates alone.
    keys: [
      ...["optimizer", "learning_rate", "momentum", "beta1", "beta2", "epsilon", "clip_gradient"],
      ...["l1_method", "weight_decay", "max_norm", "label_smoothing", "input_noise"],
      ...["class_weight", "cutout", "cutout_share", "cutmix", "mixup"],
      ...["adversarial", "adversarial_weight", "batch_norm_momentum"],
      ...["schedule", "warm_up", "schedule_period", "step_factor", "cycle_factor"],
      ...["lookahead_steps", "lookahead_rate", "averaging_start", "averaging_period"],
      ...["prune_threshold", "prune_period", "early_stopping", "evaluate_every"],
    ],
    reads: ["steps"],
    isIdle: (config) => stepsOf(config) === 0,
  },
];

function hasEqualWidths(hidden: readonly number[]): boolean {
  return skipsOf({ skip: "residual", hidden }).includes(true);
}

function stepsOf({ steps }: Config): number {
  return Number(steps);
}
