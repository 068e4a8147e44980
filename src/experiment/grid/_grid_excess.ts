import { listed } from "../source/swept_keys.ts";
import type { WrittenBlock, WrittenGrid, WrittenZip } from "../schema/grid_schema.ts";
import type { Values } from "../schema/hyperparameter_schemas.ts";
import { isDistribution, type Sweep, sweepSize } from "./sweep_values.ts";
import { MAXIMUM_RUNS } from "../experiment.ts";

/** Each is compared with up to a million combinations. */
const MAXIMUM_CONDITIONAL_BLOCKS = 100;

/** What of a grid as written is more than there may be. */
export function gridExcess(grid: WrittenGrid): string | undefined {
  const size = gridSize(grid);
  if (size > MAXIMUM_RUNS) return `${size} combinations: there may be ${MAXIMUM_RUNS} at most`;
  const count = conditionalCount(grid);
  if (count <= MAXIMUM_CONDITIONAL_BLOCKS) return undefined;
  return `${count} conditional blocks: there may be ${MAXIMUM_CONDITIONAL_BLOCKS} at most`;
}

/**
 * Combinations that a grid as written stands for, before anything is built: a few words can stand
 * for more than memory holds.
 *
 * Conditional blocks count as if they stood by themselves: how many combinations they apply to is
 * not known before there are any.
 */
function gridSize(grid: WrittenGrid): number {
  return listed(grid, []).reduce((sum, { item }) => {
    return sum + blockSize(item) + gridSize(item.conditional ?? []);
  }, 0);
}

/** The number of conditional blocks in a grid, and in them. */
function conditionalCount(grid: WrittenGrid): number {
  return listed(grid, []).reduce((sum, { item }) => {
    const inner = listed(item.conditional ?? [], []);
    return sum + inner.length + inner.reduce((sum, { item }) => sum + conditionalCount(item), 0);
  }, 0);
}

function blockSize({ zip = [], sample, ...said }: WrittenBlock): number {
  const keys = Object.entries(said).filter(([key]) => key !== "conditional" && key !== "when");
  const sizes = keys.map(([, sweep]) => {
    // A trainer may stand without a list.
    const isOne = typeof sweep === "string" || isDistribution(sweep as Sweep);
    return isOne ? 1 : sweepSize(sweep as Values);
  });
  return product([
    ...sizes,
    ...listed(zip, []).map(({ item }) => zipSize(item)),
    sample?.count ?? 1,
  ]);
}

function zipSize(zip: WrittenZip): number {
  return Math.max(...Object.values(zip).map(sweepSize));
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
