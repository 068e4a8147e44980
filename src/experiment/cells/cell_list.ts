import { formatValue } from "../../trainers/format_value.ts";
import type { Config, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Cell, Cells } from "../experiment.ts";
import { preparationRow } from "../schema/preparation_rows.ts";
import type { Combinations } from "./_combinations.ts";
import { type Block, keysOf, type Origin } from "./block.ts";
import { cellName } from "./cell_name.ts";
import { ABSENT, type Matcher } from "./columns.ts";

type Preparation = NonNullable<Cell["preparation"]>;

/** The cells of a grid, up to a million, each made when it is read. */
export class CellList implements Cells {
  /** For each block, what its cells' names contain. */
  readonly #blocks: readonly { trainer: string; columns: readonly number[] }[];
  /** The swept keys that say how rows are prepared. */
  readonly #preparation: readonly string[];
  /** True if names and techniques include the trainer. */
  readonly #areTrainersSeveral: boolean;

  constructor(readonly combinations: Combinations, blocks: readonly Block[]) {
    const { columns } = combinations;
    this.#preparation = columns.list.map(({ key }) => key).filter(preparationRow);
    const trainers = blocks.map((block) => trainersOf(block, columns.trainer));
    this.#areTrainersSeveral = new Set(trainers.flat()).size > 1;
    this.#blocks = blocks.map((block, index) => ({
      trainer: trainers[index].length > 1 ? "trainer" : trainers[index][0],
      columns: keysOf(block).filter((key) => key !== "trainer").map((key) => columns.indexOf(key)),
    }));
  }

  get length(): number {
    return this.combinations.length;
  }

  /**
   * Keys that the grid sweeps, in the table's order, after `trainer` if there are several, and after what
   * says how rows are prepared.
   */
  get sweptKeys(): readonly string[] {
    const keys = this.combinations.columns.list.map(({ key }) => key);
    return keys.filter((key) => key !== "trainer" || this.#areTrainersSeveral);
  }

  get trainers(): readonly TrainerName[] {
    const trainers = new Set<TrainerName>();
    for (let index = 0; index < this.length; index++) {
      trainers.add(this.combinations.trainerOf(index));
    }
    return [...trainers];
  }

  at(index: number): Cell | undefined {
    return 0 <= index && index < this.length ? this.#cell(index) : undefined;
  }

  *[Symbol.iterator](): Generator<Cell> {
    for (let index = 0; index < this.length; index++) yield this.#cell(index);
  }

  valueAt(index: number, key: string): HyperparameterValue | undefined {
    return this.combinations.valueAt(index, key);
  }

  find(isWanted: (cell: Cell) => boolean): Cell | undefined {
    for (const cell of this) if (isWanted(cell)) return cell;
    return undefined;
  }

  map<T>(transform: (cell: Cell, index: number) => T): T[] {
    return Array.from({ length: this.length }, (_, index) => transform(this.#cell(index), index));
  }

  flatMap<T>(transform: (cell: Cell, index: number) => T | readonly T[]): T[] {
    return this.map(transform).flat() as T[];
  }

  indexOfConfig(trainer: TrainerName, config: Config, preparation: Preparation = {}): number {
    const { columns } = this.combinations;
    const identities = columns.identitiesOf(trainer, config, { ...preparation });
    return identities ? this.combinations.indexOf(identities) : -1;
  }

  /** The different values that cells have for a key, as texts; of all cells by default. */
  valuesOf(key: string, indexes?: Iterable<number>): ReadonlySet<string> {
    const values = new Set<HyperparameterValue>();
    const matchesAll: Matcher = () => true;
    for (const index of indexes ?? this.combinations.matching(matchesAll)) {
      const value = this.combinations.valueAt(index, key);
      if (value !== undefined) values.add(value);
    }
    return new Set(Array.from(values, formatValue));
  }

  /** Where a value comes from, by its number in its key's column; undefined for a fixed one. */
  originOf(key: string, id: number): Origin | undefined {
    return id === ABSENT ? undefined : this.combinations.columns.originOf(key, id);
  }

  /**
   * Matches the cell that has a name.
   *
   * @param values The values in the name as texts, by key; empty for a cell that sweeps nothing.
   */
  nameMatcher(values: ReadonlyMap<string, string>): Matcher {
    const { columns } = this.combinations;
    const isKnown = [...values.keys()].every((key) => {
      return key === "trainer" ? this.#areTrainersSeveral : columns.indexOf(key) >= 0;
    });
    const wanted = columns.list.map(({ key, values: all }) => {
      const text = values.get(key);
      return text === undefined ? undefined : all.map((value) => formatValue(value) === text);
    });
    return (ids, start) => {
      if (!isKnown) return false;
      const trainer = columns.trainerOf(ids, start);
      if (this.#areTrainersSeveral && values.get("trainer") !== trainer) return false;
      return wanted.every((byId, column) => {
        if (columns.list[column].key === "trainer") return true;
        const id = ids[start + column];
        return id === ABSENT ? byId === undefined : byId?.[id] === true;
      });
    };
  }

  #cell(index: number): Cell {
    const { combinations } = this;
    const { columns } = combinations;
    const block = this.#blocks[combinations.blockOf(index)];
    const trainer = combinations.trainerOf(index);
    const values: Record<string, HyperparameterValue> = {};
    const config: Record<string, HyperparameterValue> = { ...columns.bases[trainer] };
    for (const column of block.columns) {
      const id = combinations.idAt(index, column);
      if (id === ABSENT) continue;
      const { key, values: all } = columns.list[column];
      values[key] = all[id];
      if (!this.#preparation.includes(key)) config[key] = all[id];
    }
    const keys = Object.keys(values);
    const nameWithoutKeys = this.#blocks.length === 1 ? "all" : "fixed";
    const isNamed = this.#areTrainersSeveral;
    return {
      index,
      name: cellName(isNamed ? { trainer, ...values } : values) || nameWithoutKeys,
      technique: [...isNamed ? [block.trainer] : [], ...keys].join(" × ") || nameWithoutKeys,
      trainer,
      config,
      ...this.#preparation.length > 0 && { preparation: this.#preparationAt(index) },
    };
  }

  #preparationAt(index: number): Preparation {
    const entries = this.#preparation.map((key) => [key, this.valueAt(index, key)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
}

/** The trainers that a block may give to combinations; the default if it names none. */
function trainersOf(block: Block, defaultTrainer: TrainerName): readonly string[] {
  const named = trainerValues(block);
  return named.length > 0 ? named : [defaultTrainer];
}

function trainerValues({ dimensions, conditional }: Block): readonly string[] {
  const values = dimensions.flatMap(({ trainer }) => trainer ?? []);
  return [...new Set([...values.map(String), ...conditional.flatMap(trainerValues)])];
}
