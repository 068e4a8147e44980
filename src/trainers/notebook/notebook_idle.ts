import type { IdleRule } from "../trainer.ts";

/** When hyperparameters of the `notebook` trainer change nothing. */
export const NOTEBOOK_IDLE: readonly IdleRule[] = [
  {
    // Nothing is pruned at step 0.
    keys: ["pruning_rate", "prune_period"],
    reads: ["pruning_rate", "prune_period", "max_steps"],
    isIdle: ({ pruning_rate: rate, prune_period: period, max_steps: last }) =>
      rate === 0 || Number(period) > Number(last),
  },
  {
    // Only step 0 is evaluated.
    keys: ["disp_period"],
    reads: ["disp_period", "max_steps"],
    isIdle: ({ disp_period: period, max_steps: last }) => Number(period) > Number(last),
  },
];
