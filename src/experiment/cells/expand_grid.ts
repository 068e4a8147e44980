import type { Config } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { MAXIMUM_RUNS } from "../experiment.ts";
import { Combinations } from "./_combinations.ts";
import { type Block, type ConditionalBlock, type Dimension, keysOf, lengthOf } from "./block.ts";
import { CellList } from "./cell_list.ts";
import { ABSENT, Columns, type Ids, type Matcher } from "./columns.ts";

/** What cells are made from, once it is read. */
export interface Grid {
  /** All trainers that combinations may have. */
  readonly trainers: Trainers;
  /** The trainer of combinations that do not name one. */
  readonly trainer: TrainerName;
  /** Each trainer uses the keys that it has. */
  readonly fixed: Config;
  /** How rows are prepared where combinations do not say. */
  readonly preparation: Config;
  readonly blocks: readonly Block[];
}

/** A key of a conditional block that a combination already has. */
export interface Clash {
  readonly key: string;
  readonly dimension: Dimension;
}

export interface ExpandedGrid {
  readonly cells: CellList;
  /** How many combinations were dropped because an earlier one has the same config. */
  readonly duplicates: number;
  /** True if there are too many combinations, so that cells are missing. */
  readonly isCut: boolean;
  /** Conditional blocks that no combination matches. */
  readonly idle: readonly ConditionalBlock[];
  readonly clashes: readonly Clash[];
}

/**
 * The cells of a grid: the union of its blocks, each the product of its dimensions, in the order
 * written with the last varying fastest, duplicates dropped.
 *
 * A block that sweeps nothing is one cell, named `all` if it is the only block, else `fixed`.
 */
export function expandGrid(
  { trainers, trainer, fixed, preparation, blocks }: Grid,
): ExpandedGrid {
  const columns = new Columns(blocks.flatMap(keysOf), trainers, trainer, fixed, preparation);
  const expected = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  const expansion = new Expansion(new Combinations(columns, expected));
  const runs = blocks.map((block, index) => expansion.compile(block, index));
  columns.identify();
  for (const run of runs) run();
  const { combinations, count, isCut, idle, clashes } = expansion;
  return {
    cells: new CellList(combinations, blocks),
    duplicates: count - combinations.length,
    isCut,
    idle: [...idle],
    clashes: Array.from(clashes, ([dimension, key]) => ({ dimension, key })),
  };
}

/** The number of a block's combinations if its conditional blocks have one point each. */
function sizeOf({ dimensions }: Block): number {
  return dimensions.reduce((size, dimension) => size * lengthOf(dimension), 1);
}

/** Completes a combination in every possible way. */
type Step = () => void;

class Expansion {
  readonly idle = new Set<ConditionalBlock>();
  /** Dimensions that clash, each with its first such key. */
  readonly clashes = new Map<Dimension, string>();
  /** Combinations so far, including duplicates. */
  count = 0;
  isCut = false;
  readonly #columns: Columns;
  /** The combination that is being made. */
  readonly #ids: Ids;

  constructor(readonly combinations: Combinations) {
    this.#columns = combinations.columns;
    this.#ids = new Uint32Array(this.#columns.list.length);
  }

  /** Adds a block's values to the columns; returns a function that makes its combinations. */
  compile(block: Block, index: number): Step {
    return this.#compile(block, () => {
      this.isCut ||= this.count === MAXIMUM_RUNS;
      if (this.isCut) return;
      this.count++;
      this.combinations.add(this.#ids, index);
    });
  }

  /** A block's loops around a step for each of its combinations. */
  #compile({ dimensions, conditional }: Block, next: Step): Step {
    const inner = conditional.reduceRight((next, block) => this.#condition(block, next), next);
    return dimensions.reduceRight((next, dimension) => this.#loop(dimension, next), inner);
  }

  #loop(dimension: Dimension, next: Step): Step {
    const ids = this.#ids;
    const length = lengthOf(dimension);
    const places = Object.entries(dimension).map(([key, values]) => {
      const column = this.#columns.indexOf(key);
      return { key, column, first: this.#columns.list[column].add(values, dimension) };
    });
    return () => {
      // Only in conditional blocks can the combination already have the key.
      const twice = places.find(({ column }) => ids[column] !== ABSENT);
      if (twice) return void this.clashes.set(dimension, twice.key);
      for (let point = 0; point < length && !this.isCut; point++) {
        for (const { column, first } of places) ids[column] = first + point;
        next();
      }
      for (const { column } of places) ids[column] = ABSENT;
    };
  }

  #condition(block: ConditionalBlock, next: Step): Step {
    const inner = this.#compile(block, next);
    // Made once the columns have all values.
    let matcher: Matcher | undefined;
    this.idle.add(block);
    return () => {
      matcher ??= this.#columns.matcher(block.when);
      if (!matcher(this.#ids, 0)) return next();
      this.idle.delete(block);
      inner();
    };
  }
}
