import type { Block } from "../../src/experiment/cells/block.ts";
import { type ExpandedGrid, expandGrid } from "../../src/experiment/cells/expand_grid.ts";
import type { Config, HyperparameterValue } from "../../src/trainers/hyperparameter.ts";
import type { TrainerName } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

/** The values of each key that a block sweeps. */
export type Lists = Readonly<Record<string, readonly HyperparameterValue[]>>;

/** A block that is the product of lists. */
export function productOf(lists: Lists): Block {
  const dimensions = Object.entries(lists).map(([key, values]) => ({ [key]: values }));
  return { dimensions, conditional: [] };
}

/** The grid of some products. */
export function expand(
  blocks: readonly Lists[],
  fixed: Config = {},
  trainer: TrainerName = "mlp",
): ExpandedGrid {
  const preparation = { standardize: "feature", impute: "median" };
  return expandGrid({
    trainers: BUILT_IN,
    trainer,
    fixed,
    preparation,
    blocks: blocks.map(productOf),
  });
}
