import { bytesAt } from "../kept_bytes.ts";
import { NO_TERMS, type ReserveOptimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent with momentum: v = momentum·v + g, w = w − learning_rate·v.
 *
 * The step size is learning_rate/(1 − momentum), the factor that a constant gradient is eventually
 * multiplied by. So if weights shrink by λ times that, they stay 0 where the loss's gradient is
 * below λ, regardless of momentum.
 *
 * Source: Yun, Lozano and Yang, Adaptive proximal gradient methods for structured neural networks
 * (2021), algorithm 1, with momentum as velocity.
 */
export const reserveSgd: ReserveOptimizer = (kernels, arena, config, { blocks, terms }) => {
  const { momentum, clipGradient } = config;
  let stepSize = NaN;
  const states = blocks.map((block) => ({
    ...block,
    ...(block.kind === "weights" ? terms : NO_TERMS),
    velocity: arena.region(block.bytes),
  }));
  return {
    update(learningRate) {
      stepSize = learningRate / (1 - momentum);
      for (const { values, gradient, velocity, mask, bytes, l1, l2, decay, shrinkage } of states) {
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
    writeStepSizes({ bytes }, target) {
      const { precision, memory: { buffer } } = kernels;
      if (precision === "f32") new Float32Array(buffer, target, bytes / 4).fill(stepSize);
      else new Float64Array(buffer, target, bytes / 8).fill(stepSize);
    },
    kept: () =>
      states.map(({ velocity, bytes }, n) => {
        return { name: `velocity${n}`, bytes: bytesAt(kernels, velocity, bytes) };
      }),
  };
};
