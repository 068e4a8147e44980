import type { CreateRegularizer } from "./regularizer.ts";

/**
 * Weight decay: each update also subtracts learning_rate·λ·w from w. It is not part of the
 * gradient, so neither clipping nor Adam's scaling touches it, and no penalty is reported.
 *
 * Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019).
 */
export const weightDecay: CreateRegularizer = ({ weightDecay }) => ({
  terms: { decay: weightDecay },
});
