import type { Kernels } from "../../../kernels/kernels.ts";
import type { MlpConfig } from "../mlp_config.ts";
import type { UpdateTerms } from "../optimizer.ts";
import type { ParameterBlock, WeightSums } from "../parameter_block.ts";

/**
 * Keeps weights small or few. Each member acts at one place in a training step; a regularizer has
 * the members that it needs. Blocks hold one layer's weights, never biases, and come first layer
 * first.
 *
 * Methods that act on activations or targets (dropout, label smoothing) or end training (early
 * stopping) belong to the pass or the loop in which they act; those that act on rows are
 * `RowChange`s.
 */
export interface Regularizer {
  /**
   * Acts before a step begins, and before its evaluation if it has one; returns whether it does at this
   * step.
   */
  beginStep?(block: ParameterBlock, step: number): boolean;
  /** Adds the penalty's gradient to the loss's, after the backward pass and before clipping. */
  addGradient?(block: ParameterBlock): void;
  /** Strengths of the terms that optimizers apply to each weight in the pass that updates it. */
  readonly terms?: Partial<UpdateTerms>;
  /**
   * Moves weights after the update by the penalty's proximal operator; `stepSizes` is the byte
   * offset of each weight's step size, in a region like the block's.
   */
  shrink?(block: ParameterBlock, stepSizes: number): void;
  /** Brings weights back within a limit, after everything else. */
  limit?(block: ParameterBlock): void;
  /** The penalty that is added to the mean loss, as evaluations report it. */
  penalty?(sums: WeightSums, blocks: readonly ParameterBlock[]): number;
}

/** Makes a run's regularizer; it has no members if the config turns it off. */
export type CreateRegularizer = (config: MlpConfig, kernels: Kernels) => Regularizer;
