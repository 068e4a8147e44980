import { configIdentity, resolveConfig } from "./config.ts";
import type { Cell } from "./experiment.ts";
import { formatValue } from "./format_value.ts";
import type { HyperparameterValue, TrainerName } from "./hyperparameters.ts";
import { hyperparametersOf } from "./hyperparameters.ts";

/** The values of each key that a block of the grid sweeps, in the order written. */
export type GridBlock = Readonly<Record<string, readonly HyperparameterValue[]>>;

export interface ExpandedGrid {
  readonly cells: readonly Cell[];
  /** In the table's order. */
  readonly sweptKeys: readonly string[];
  /** How many combinations were dropped because an earlier one has the same config. */
  readonly duplicates: number;
}

/**
 * The cells of a grid: the union of its blocks, each the product of its keys' values, in the order
 * written with the last key varying fastest, duplicates dropped.
 *
 * A block that sweeps nothing is one cell, named `all` if it is the only block, else `fixed`.
 */
export function expandGrid(
  trainer: TrainerName,
  fixed: Readonly<Record<string, HyperparameterValue>>,
  blocks: readonly GridBlock[],
): ExpandedGrid {
  const base = resolveConfig(trainer, fixed);
  const swept = hyperparametersOf(trainer)
    .filter(({ key }) => blocks.some((block) => Object.hasOwn(block, key)));
  const nameWithoutKeys = blocks.length === 1 ? "all" : "fixed";
  const cells: Cell[] = [];
  const seen = new Set<string>();
  let combinations = 0;
  for (const block of blocks) {
    const technique = Object.keys(block).join(" × ") || nameWithoutKeys;
    for (const values of combinationsOf(block)) {
      combinations++;
      const config = { ...base, ...values };
      const identity = configIdentity(swept, config);
      if (seen.has(identity)) continue;
      seen.add(identity);
      const name = cellName(values) || nameWithoutKeys;
      cells.push({ index: cells.length, name, technique, config });
    }
  }
  return {
    cells,
    sweptKeys: swept.map((row) => row.key),
    duplicates: combinations - cells.length,
  };
}

/** `key=value key=value`; empty if there are no values. */
export function cellName(values: Readonly<Record<string, HyperparameterValue>>): string {
  return Object.entries(values).map(([key, value]) => `${key}=${formatValue(value)}`).join(" ");
}

/** Every combination of a block's values, the last key varying fastest. */
function* combinationsOf(block: GridBlock): Generator<Record<string, HyperparameterValue>> {
  const entries = Object.entries(block);
  const size = entries.reduce((product, [, values]) => product * values.length, 1);
  for (let index = 0; index < size; index++) {
    const combination: Record<string, HyperparameterValue> = {};
    let stride = size;
    for (const [key, values] of entries) {
      stride /= values.length;
      combination[key] = values[Math.floor(index / stride) % values.length];
    }
    yield combination;
  }
}
