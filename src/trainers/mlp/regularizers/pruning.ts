import type { CreateRegularizer } from "./regularizer.ts";

/**
 * Sets weights below a share of their layer's standard deviation to 0, where they stay, every
 * `prune_period` steps: neither at step 0 nor after the last update, which no step could make up for.
 */
export const pruning: CreateRegularizer = ({ pruneThreshold, prunePeriod, steps }, kernels) =>
  pruneThreshold === 0 ? {} : {
    beginStep({ values, mask, inputs, outputs }, step) {
      if (step === 0 || step >= steps || step % prunePeriod !== 0) return;
      kernels.pruneWeights(values, mask, inputs, outputs, pruneThreshold);
    },
  };
