import type { Kernels } from "../../kernels/kernels.ts";
import type { Arena } from "./_arena.ts";
import type { MlpConfig } from "./mlp_config.ts";

/** A layer's weights or its biases, as byte offsets of kernel memory. */
export interface ParameterBlock {
  readonly values: number;
  readonly gradient: number;
  /** No bits are set where a parameter stays 0. */
  readonly mask: number;
  readonly bytes: number;
  readonly penalties: Penalties;
}

/** What an update does beside following the loss's gradient. */
export interface Penalties {
  /** Strengths of λ·sign(w) and λ·w in the gradient. */
  readonly l1: number;
  readonly l2: number;
  /** Share of w, times the learning rate, that an update takes off. */
  readonly decay: number;
  /** λ of an L1 penalty that is not in the gradient, but moves weights towards 0 after it. */
  readonly shrinkage: number;
}

/** Turns gradients into updates, and keeps what that needs from step to step. */
export interface Optimizer {
  /** Updates all parameters from their gradients. */
  update(): void;
}

/** Reserves what an optimizer keeps of each parameter; all of it starts as zeros. */
export type ReserveOptimizer = (
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  parameters: readonly ParameterBlock[],
) => Optimizer;

/** The penalties of weights. */
export function weightPenalties(config: MlpConfig): Penalties {
  const { l1Method, l1Penalty, l2Penalty, weightDecay } = config;
  const isProximal = l1Method === "proximal";
  return {
    l1: isProximal ? 0 : l1Penalty,
    l2: l2Penalty,
    decay: weightDecay,
    shrinkage: isProximal ? l1Penalty : 0,
  };
}

/** The penalties of biases. */
export const NO_PENALTIES: Penalties = { l1: 0, l2: 0, decay: 0, shrinkage: 0 };
