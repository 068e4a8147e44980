import type { CreateFollower } from "./follower.ts";

/**
 * Stochastic weight averaging: the model is the mean of the weights after `averaging_start` updates and
 * after every `averaging_period` more, w̄ = (n·w̄ + w)/(n + 1) when it is of n.
 *
 * Source: Izmailov et al., Averaging weights leads to wider optima and better generalization (2018),
 * algorithm 1.
 */
export const weightAveraging: CreateFollower = ({ averagingStart, averagingPeriod }) =>
  averagingStart === Infinity ? undefined : {
    from: averagingStart,
    shareAfter(updates) {
      const since = updates - averagingStart;
      return since % averagingPeriod === 0 ? 1 / (since / averagingPeriod + 1) : 0;
    },
  };
