import { bytesAt } from "../kept_bytes.ts";
import { NO_TERMS, type ReserveOptimizer } from "./optimizer.ts";

/**
 * Adam: w = w − learning_rate·m̂/(√ŝ + epsilon) with the bias-corrected means m̂ of the gradient
 * and ŝ of its square. Penalties are part of the gradient; decay is not, which makes it AdamW. Each
 * weight has its own step size, learning_rate/(√ŝ + epsilon), which also scales its shrinkage.
 *
 * Method: the correction is moved from the means to the scalars, which gives the same update.
 *
 * Source: Kingma and Ba, Adam: a method for stochastic optimization (2015), section 2; Loshchilov
 * and Hutter, Decoupled weight decay regularization (2019), algorithm 2; Yun, Lozano and Yang,
 * Adaptive proximal gradient methods for structured neural networks (2021), algorithm 1.
 */
export const reserveAdam: ReserveOptimizer = (kernels, arena, config, { blocks, terms }) => {
  const { beta1, beta2, epsilon, clipGradient } = config;
  const states = new Map(
    blocks.map((block) => [block, {
      ...(block.kind === "weights" ? terms : NO_TERMS),
      mean: arena.region(block.bytes),
      square: arena.region(block.bytes),
    }]),
  );
  /** beta1^t and beta2^t of update t. */
  const powers = Float64Array.of(1, 1);
  let lastRate = NaN;
  return {
    update(learningRate) {
      lastRate = learningRate;
      powers[0] *= beta1;
      powers[1] *= beta2;
      const correction1 = 1 - powers[0];
      const correction2 = Math.sqrt(1 - powers[1]);
      for (const [{ values, gradient, mask, bytes }, state] of states) {
        const { mean, square, l1, l2, decay, shrinkage } = state;
        kernels.penalizeGradient(values, gradient, bytes, l1, l2, clipGradient);
        kernels.adamUpdate(
          values,
          gradient,
          mean,
          square,
          mask,
          bytes,
          learningRate * correction2 / correction1,
          beta1,
          beta2,
          epsilon * correction2,
          learningRate * decay,
          shrinkage * correction1,
        );
      }
    },
    writeStepSizes(block, target) {
      const state = states.get(block);
      if (!state) throw new RangeError("Cannot write step sizes of a block without a state");
      const correction2 = Math.sqrt(1 - powers[1]);
      const rate = lastRate * correction2;
      kernels.adamStepSizes(state.square, target, block.bytes, rate, epsilon * correction2);
    },
    kept: () => [
      { name: "powers", bytes: new Uint8Array(powers.buffer) },
      ...[...states].flatMap(([{ bytes }, { mean, square }], n) => [
        { name: `mean${n}`, bytes: bytesAt(kernels, mean, bytes) },
        { name: `square${n}`, bytes: bytesAt(kernels, square, bytes) },
      ]),
    ],
  };
};
