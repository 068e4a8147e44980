import { MAXIMUM_RUNS } from "../experiment.ts";
import type { WrittenBlock, WrittenGrid, WrittenZip } from "../schema/grid_schema.ts";
import { listed } from "../source/swept_keys.ts";
import { isDistribution, type Sweep, sweepSize } from "./sweep_values.ts";

/** The most conditional blocks: each is compared with up to a million combinations. */
const MAXIMUM_CONDITIONAL_BLOCKS = 100;

/** Which limit a grid as written exceeds, if any. */
export function gridExcess(grid: WrittenGrid): string | undefined {
  const size = gridSize(grid);
  if (size > MAXIMUM_RUNS) return `${size} combinations: the maximum is ${MAXIMUM_RUNS}`;
  const count = conditionalCount(grid);
  if (count <= MAXIMUM_CONDITIONAL_BLOCKS) return undefined;
  return `${count} conditional blocks: the maximum is ${MAXIMUM_CONDITIONAL_BLOCKS}`;
}

/**
 * The number of combinations of a grid as written, before anything is built: a few words can stand
 * for more than memory holds.
 *
 * Conditional blocks count as blocks of their own, since how many combinations they apply to is not
 * known yet.
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
  const sizes = keys.map(([, said]) => {
    const sweep = said as Sweep;
    return isDistribution(sweep) ? 1 : sweepSize(sweep);
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
