import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Pattern } from "./pattern.ts";

/** Keys that move together: each has one value per point. */
export type Dimension = Readonly<Record<string, readonly HyperparameterValue[]>>;

/** The number of a dimension's points. */
export function lengthOf(dimension: Dimension): number {
  return Object.values(dimension)[0].length;
}

/** A point of a dimension. */
export interface Origin {
  readonly dimension: Dimension;
  readonly point: number;
}

/** A block of the grid: the product of its dimensions, and blocks that depend on their values. */
export interface Block {
  /** The last varies fastest. */
  readonly dimensions: readonly Dimension[];
  /** They follow the dimensions and vary faster, the last fastest. */
  readonly conditional: readonly ConditionalBlock[];
}

/** A block that multiplies the combinations that match its pattern, and leaves others as they are. */
export interface ConditionalBlock extends Block {
  readonly when: Pattern;
}

/** The keys of a block and of its inner blocks, in the order of cell names. */
export function keysOf({ dimensions, conditional }: Block): readonly string[] {
  return [...new Set([...dimensions.flatMap(Object.keys), ...conditional.flatMap(keysOf)])];
}
