import type { CreateRegularizer } from "./regularizer.ts";

/**
 * Limits the L2 norm of the weights into each unit, outputs included.
 *
 * Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting
 * (2014), section 5.1.
 */
export const maxNorm: CreateRegularizer = ({ maxNorm }, kernels) =>
  maxNorm === Infinity ? {} : {
    limit({ values, inputs, outputs }) {
      kernels.limitNorms(values, inputs, outputs, maxNorm);
    },
  };
