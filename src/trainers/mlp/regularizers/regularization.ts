import type { Kernels } from "../../../kernels/kernels.ts";
import type { Arena } from "../arena.ts";
import type { MlpConfig } from "../mlp_config.ts";
import { NO_TERMS, type Optimizer, type UpdateTerms } from "../optimizer.ts";
import type { ParameterBlock, WeightSums } from "../parameter_block.ts";
import { groupLasso } from "./group_lasso.ts";
import { l1Penalty } from "./l1_penalty.ts";
import { l2Penalty } from "./l2_penalty.ts";
import { maxNorm } from "./max_norm.ts";
import { pruning } from "./pruning.ts";
import type { CreateRegularizer, Regularizer } from "./regularizer.ts";
import { weightDecay } from "./weight_decay.ts";

/** Every regularizer of weights; where several act in one place, they act in this order. */
const REGULARIZERS: readonly CreateRegularizer[] = [
  l1Penalty,
  l2Penalty,
  weightDecay,
  groupLasso,
  maxNorm,
  pruning,
];

/**
 * All regularizers of a run's weights, applied at the places in a step that `Regularizer` defines.
 */
export class Regularization {
  readonly #regularizers: readonly Regularizer[];
  readonly #weights: readonly ParameterBlock[];
  /** Step sizes of one block at a time, if a regularizer needs them. */
  readonly #stepSizes: number;
  /** The terms that optimizers add for all regularizers together. */
  readonly terms: UpdateTerms;

  constructor(
    kernels: Kernels,
    arena: Arena,
    config: MlpConfig,
    blocks: readonly ParameterBlock[],
  ) {
    this.#regularizers = REGULARIZERS.map((create) => create(config, kernels));
    this.#weights = blocks.filter(({ kind }) => kind === "weights");
    const isShrinking = this.#regularizers.some(({ shrink }) => shrink);
    const most = Math.max(...this.#weights.map(({ bytes }) => bytes));
    this.#stepSizes = arena.region(isShrinking ? most : 0);
    this.terms = this.#regularizers.reduce((sum, { terms }) => addTerms(sum, terms), NO_TERMS);
  }

  /** Applies the regularizers that act before step `step`; returns whether there are any. */
  beginStep(step: number): boolean {
    let hasActed = false;
    for (const regularizer of this.#regularizers) {
      if (!regularizer.beginStep) continue;
      for (const block of this.#weights) {
        if (regularizer.beginStep(block, step)) hasActed = true;
      }
    }
    return hasActed;
  }

  /** Adds the gradients of penalties that optimizers do not add themselves. */
  addGradients(): void {
    for (const regularizer of this.#regularizers) {
      if (!regularizer.addGradient) continue;
      for (const block of this.#weights) regularizer.addGradient(block);
    }
  }

  /** Shrinks and limits what the optimizer has just updated. */
  finishUpdate(optimizer: Optimizer): void {
    for (const block of this.#weights) {
      for (const regularizer of this.#regularizers) {
        if (!regularizer.shrink) continue;
        optimizer.writeStepSizes(block, this.#stepSizes);
        regularizer.shrink(block, this.#stepSizes);
      }
      for (const regularizer of this.#regularizers) regularizer.limit?.(block);
    }
  }

  /** The sum of all penalties, as evaluations report it. */
  penalty(sums: WeightSums): number {
    return this.#regularizers.reduce(
      (sum, regularizer) => sum + (regularizer.penalty?.(sums, this.#weights) ?? 0),
      0,
    );
  }
}

function addTerms(sum: UpdateTerms, own: Partial<UpdateTerms> = {}): UpdateTerms {
  const { l1 = 0, l2 = 0, decay = 0, shrinkage = 0 } = own;
  return {
    l1: sum.l1 + l1,
    l2: sum.l2 + l2,
    decay: sum.decay + decay,
    shrinkage: sum.shrinkage + shrinkage,
  };
}
