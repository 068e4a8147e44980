import type { Kernels } from "../../kernels/kernels.ts";
import type { KeptBytes } from "../kept_bytes.ts";
import type { Arena } from "./arena.ts";
import type { MlpConfig } from "./mlp_config.ts";
import type { ParameterBlock } from "./parameter_block.ts";

/** What an update does to each weight besides following the loss's gradient, in the same pass. */
export interface UpdateTerms {
  /** Strengths of λ·sign(w) and λ·w, added to the gradient before it is clipped. */
  readonly l1: number;
  readonly l2: number;
  /** An update subtracts this times the learning rate times w. */
  readonly decay: number;
  /** Moves w towards 0 after the update, by at most this times the weight's step size. */
  readonly shrinkage: number;
}

/** Turns gradients into updates, and keeps its state from step to step. */
export interface Optimizer {
  /** Updates all parameters from their gradients with a learning rate. */
  update(learningRate: number): void;
  /**
   * Writes the step size of each weight of a block in the last update: the factor that a constant
   * gradient is eventually multiplied by. `target` is the byte offset of a region as large as the
   * block's.
   */
  writeStepSizes(block: ParameterBlock, target: number): void;
  /** Its state. */
  kept(): KeptBytes[];
}

/** Reserves an optimizer's state for each parameter, all zeros at the start. */
export type ReserveOptimizer = (
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  options: {
    readonly blocks: readonly ParameterBlock[];
    /** The terms of weights; biases have none. */
    readonly terms: UpdateTerms;
  },
) => Optimizer;

/** The terms of biases. */
export const NO_TERMS: UpdateTerms = { l1: 0, l2: 0, decay: 0, shrinkage: 0 };
