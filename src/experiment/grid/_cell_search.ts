import type { Block } from "../cells/block.ts";
import type { CellList } from "../cells/cell_list.ts";
import { UserError } from "../../user_error.ts";
import type { Cell, Search, SearchedCells } from "../experiment.ts";
import type { Places } from "../search/parzen.ts";
import type { SearchedBlock } from "./_searched_block.ts";

/** A block that is searched, with its points so far. */
export interface SearchState {
  readonly block: SearchedBlock;
  readonly points: readonly SearchedPoint[];
}

interface SearchedPoint {
  readonly places: Places;
  /** The number of the block that has this point alone. */
  readonly number: number;
}

/** How cells are made from blocks. */
export interface CellMaker {
  /**
   * Makes the cells of blocks.
   *
   * @throws {UserError} If a cell cannot be.
   */
  readonly make: (blocks: readonly Block[]) => Pick<SearchedCells, "duplicates" | "placeOf"> & {
    readonly cells: CellList;
  };
  /** The only cell of a block. */
  readonly cellOf: (block: Block) => CellList;
}

/** The searches of a grid's blocks, which propose their batches together. */
export class CellSearch implements Search {
  readonly batches: readonly number[];
  readonly #maker: CellMaker;
  readonly #states: readonly SearchState[];
  readonly #blocks: readonly Block[];
  readonly #cells: CellList;

  /**
   * @param blocks All blocks so far.
   * @param before How many cells there were after each batch but the last.
   */
  constructor(
    maker: CellMaker,
    states: readonly SearchState[],
    { blocks, cells, before = [] }: {
      readonly blocks: readonly Block[];
      readonly cells: CellList;
      readonly before?: readonly number[];
    },
  ) {
    this.#maker = maker;
    this.#states = states;
    this.#blocks = blocks;
    this.#cells = cells;
    this.batches = [...before, cells.length];
  }

  get batchCount(): number {
    return Math.max(...this.#states.map(({ block }) => block.batches));
  }

  get pointCount(): number {
    return this.#states.reduce((sum, { block: { options } }) => sum + options.count, 0);
  }

  cellsAfter(batches: number): number {
    return this.#states.reduce((sum, { block: { options: { count, batch } } }) => {
      return sum + Math.max(0, count - batches * batch);
    }, 0);
  }

  next(
    merits: readonly number[],
    isTrainable: (cell: Cell) => boolean = () => true,
  ): SearchedCells | undefined {
    const isAllowed = (block: Block) => this.#isAllowed(block, isTrainable);
    const blocks = [...this.#blocks];
    const indexes = this.#indexes();
    const states = this.#states.map(({ block, points }): SearchState => {
      const proposed = block.next(
        points.map(({ places }) => places),
        points.map(({ number }) => merits[indexes.get(number) ?? this.#indexOf(blocks[number])]),
        { batch: this.batches.length, isAllowed },
      );
      const added = proposed.map((places) => {
        return { places, number: blocks.push(block.blockAt(places)) - 1 };
      });
      return { block, points: [...points, ...added] };
    });
    if (blocks.length === this.#blocks.length) return undefined;
    const made = this.#maker.make(blocks);
    const before = this.batches;
    const search = new CellSearch(this.#maker, states, { blocks, cells: made.cells, before });
    return { ...made, search };
  }

  /** Whether a block with one point makes cells, all of which can be trained. */
  #isAllowed(block: Block, isTrainable: (cell: Cell) => boolean): boolean {
    try {
      return !this.#maker.make([block]).cells.find((cell) => !isTrainable(cell));
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  /** The index of a cell of each block, by the block's number; none if earlier blocks have its cells. */
  #indexes(): ReadonlyMap<number, number> {
    const { combinations } = this.#cells;
    return new Map(
      Array.from(
        { length: combinations.length },
        (_, index) => [combinations.blockOf(index), index],
      ),
    );
  }

  /** The index of a block's only cell, which an earlier block has, too. */
  #indexOf(block: Block): number {
    const cell = this.#maker.cellOf(block).at(0);
    if (!cell) throw new RangeError("Cannot find the cell of a point that has none");
    return this.#cells.indexOfConfig(cell.trainer, cell.config, cell.preparation);
  }
}
