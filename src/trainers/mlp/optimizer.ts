import type { Kernels } from "../../kernels/kernels.ts";
import type { Arena } from "./arena.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { ParameterBlock } from "./parameter_block.ts";

/** What an update does to each weight in the same pass, beside following the loss's gradient. */
export interface UpdateTerms {
  /** Strengths of λ·sign(w) and λ·w, added to the gradient before it is clipped. */
  readonly l1: number;
  readonly l2: number;
  /** Share of w, times the learning rate, that an update takes off. */
  readonly decay: number;
  /** Moves w towards 0 after the update, by this times the weight's step size, and no further. */
  readonly shrinkage: number;
}

/** Turns gradients into updates, and keeps what that needs from step to step. */
export interface Optimizer {
  /** Updates all parameters from their gradients. */
  update(): void;
  /**
   * Writes the step size of each weight of a block in the last update: what a constant gradient
   * ends up being multiplied by. `target` is the byte offset of a region like the block's.
   */
  writeStepSizes(block: ParameterBlock, target: number): void;
}

/** Reserves what an optimizer keeps of each parameter; all of it starts as zeros. */
export type ReserveOptimizer = (
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  options: {
    readonly blocks: readonly ParameterBlock[];
    /** Those of weights; biases have none. */
    readonly terms: UpdateTerms;
  },
) => Optimizer;

/** The terms of biases. */
export const NO_TERMS: UpdateTerms = { l1: 0, l2: 0, decay: 0, shrinkage: 0 };
