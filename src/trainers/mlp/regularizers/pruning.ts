import type { CreateRegularizer } from "./regularizer.ts";

/**
 * Every `prune_period` steps, sets weights below a share of their layer's standard deviation to 0
 * permanently. Does not prune at step 0, nor after the last update, since no later step could
 * compensate for it.
 */
export const pruning: CreateRegularizer = ({ pruneThreshold, prunePeriod, steps }, kernels) =>
  pruneThreshold === 0 ? {} : {
    beginStep({ values, mask, inputs, outputs }, step) {
      if (step === 0 || step >= steps || step % prunePeriod !== 0) return false;
      kernels.pruneWeights(values, mask, inputs, outputs, pruneThreshold);
      return true;
    },
  };
