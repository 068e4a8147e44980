import type { ReserveOptimizer } from "./_optimizer.ts";

/**
 * Stochastic gradient descent with momentum: v = momentum·v + g, w = w − learning_rate·v.
 *
 * Where the L1 penalty is proximal, weights then move towards 0 by λ times the step size. That is
 * learning_rate/(1 − momentum), what a constant gradient ends up being multiplied by: so weights
 * stay 0 where the loss's gradient is below λ, whatever the momentum.
 *
 * Source: Yun, Lozano and Yang, Adaptive proximal gradient methods for structured neural networks
 * (2021), algorithm 1, with momentum as velocity.
 */
export const reserveSgd: ReserveOptimizer = (kernels, arena, config, parameters) => {
  const { learningRate, momentum, clipGradient } = config;
  const blocks = parameters.map((block) => ({ ...block, velocity: arena.region(block.bytes) }));
  return {
    update() {
      for (const { values, gradient, velocity, mask, bytes, penalties } of blocks) {
        const { l1, l2, decay, shrinkage } = penalties;
        kernels.sgdUpdate(
          values,
          gradient,
          velocity,
          mask,
          bytes,
          learningRate,
          momentum,
          l1,
          l2,
          decay,
          clipGradient,
        );
        if (shrinkage > 0) {
          kernels.softThreshold(values, bytes, shrinkage * learningRate / (1 - momentum));
        }
      }
    },
  };
};
