import type { CreateRegularizer } from "./regularizer.ts";

/** The L2 penalty ½λ·Σw², with gradient λ·w. */
export const l2Penalty: CreateRegularizer = ({ l2Penalty }) => ({
  terms: { l2: l2Penalty },
  penalty: ({ squares }) => 0.5 * l2Penalty * squares,
});
