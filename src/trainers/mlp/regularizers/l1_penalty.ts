import type { CreateRegularizer } from "./regularizer.ts";

/**
 * The L1 penalty λ·Σ|w|: its gradient λ·sign(w), or its proximal operator, which moves weights
 * towards 0 by λ times their step size and sets those that would change sign to 0.
 *
 * Source: Tibshirani, Regression shrinkage and selection via the lasso (1996); Yun, Lozano and Yang,
 * Adaptive proximal gradient methods for structured neural networks (2021), algorithm 1.
 */
export const l1Penalty: CreateRegularizer = ({ l1Penalty, l1Method }) => ({
  terms: l1Method === "proximal" ? { shrinkage: l1Penalty } : { l1: l1Penalty },
  penalty: ({ l1 }) => l1Penalty * l1,
});
