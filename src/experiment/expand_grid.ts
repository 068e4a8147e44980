import { configIdentity, resolveConfig } from "./config.ts";
import type { Cell } from "./experiment.ts";
import { formatValue } from "./format_value.ts";
import type { HyperparameterValue, TrainerName } from "./hyperparameters.ts";
import { hyperparametersOf, trainerNamed, TRAINERS } from "./hyperparameters.ts";

/** The values of each key that a block of the grid sweeps, its `trainer` too, in the order written. */
export type GridBlock = Readonly<Record<string, readonly HyperparameterValue[]>>;

export interface ExpandedGrid {
  readonly cells: readonly Cell[];
  /** In the table's order, after `trainer` if the cells' trainers differ. */
  readonly sweptKeys: readonly string[];
  /** How many combinations were dropped because an earlier one has the same config. */
  readonly duplicates: number;
}

/**
 * The cells of a grid: the union of its blocks, each the product of its keys' values, in the order
 * written with the last key varying fastest, duplicates dropped.
 *
 * A block that sweeps nothing is one cell, named `all` if it is the only block, else `fixed`.
 * Cells take those of the fixed values that their trainer knows; names and techniques tell the
 * trainer where there are several.
 *
 * @param defaultTrainer Of blocks that have none.
 */
export function expandGrid(
  defaultTrainer: TrainerName,
  fixed: Readonly<Record<string, HyperparameterValue>>,
  blocks: readonly GridBlock[],
): ExpandedGrid {
  const trainers = TRAINERS.filter((trainer) =>
    blocks.some((block) => trainersOf(block, defaultTrainer).includes(trainer))
  );
  const areSeveral = trainers.length > 1;
  const bases = new Map(trainers.map((trainer) => [trainer, resolveConfig(trainer, fixed)]));
  const keys = new Set(blocks.flatMap((block) => Object.keys(block)));
  const sweptRows = new Map(
    trainers.map((name) => [name, hyperparametersOf(name).filter(({ key }) => keys.has(key))]),
  );
  const nameWithoutKeys = blocks.length === 1 ? "all" : "fixed";
  const cells: Cell[] = [];
  const seen = new Set<string>();
  let combinations = 0;
  for (const block of blocks) {
    const technique = techniqueOf(block, areSeveral, defaultTrainer) || nameWithoutKeys;
    for (const { trainer: named, ...values } of combinationsOf(block)) {
      combinations++;
      const trainer = named === undefined ? defaultTrainer : trainerNamed(named);
      const config = { ...bases.get(trainer), ...values };
      const identity = `${trainer} ${configIdentity(sweptRows.get(trainer) ?? [], config)}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      const name = cellName(areSeveral ? { trainer, ...values } : values) || nameWithoutKeys;
      cells.push({ index: cells.length, name, technique, trainer, config });
    }
  }
  return {
    cells,
    sweptKeys: [
      ...areSeveral ? ["trainer"] : [],
      ...new Set([...sweptRows.values()].flatMap((rows) => rows.map(({ key }) => key))),
    ],
    duplicates: combinations - cells.length,
  };
}

/** The trainers of a block's cells. */
export function trainersOf(
  { trainer }: Readonly<Record<string, unknown>>,
  defaultTrainer: TrainerName,
): readonly TrainerName[] {
  return Array.isArray(trainer) ? trainer.map(trainerNamed) : [defaultTrainer];
}

/** What a block's cells have in common: its keys and, where there are several, its trainer. */
function techniqueOf(block: GridBlock, areSeveral: boolean, defaultTrainer: TrainerName): string {
  const keys = Object.keys(block).filter((key) => key !== "trainer");
  const trainers = trainersOf(block, defaultTrainer);
  const trainer = trainers.length > 1 ? "trainer" : trainers[0];
  return [...areSeveral ? [trainer] : [], ...keys].join(" × ");
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
