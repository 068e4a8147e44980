import type { Config, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Cell, Cells, Experiment } from "../experiment.ts";

/** Some of a list's cells. */
class SomeCells implements Cells {
  readonly #all: Cells;
  readonly #cells: readonly Cell[];
  /** By index among all. */
  readonly #indexes: ReadonlyMap<number, number>;

  constructor(all: Cells, indexes: readonly number[]) {
    this.#all = all;
    this.#cells = indexes.flatMap((index) => all.at(index) ?? [])
      .map((cell, index) => ({ ...cell, index }));
    this.#indexes = new Map(indexes.map((all, index) => [all, index]));
  }

  get length(): number {
    return this.#cells.length;
  }

  at(index: number): Cell | undefined {
    return index < 0 ? undefined : this.#cells[index];
  }

  [Symbol.iterator](): Iterator<Cell> {
    return this.#cells[Symbol.iterator]();
  }

  indexOfConfig(trainer: TrainerName, config: Config, preparation?: Cell["preparation"]): number {
    return this.#indexes.get(this.#all.indexOfConfig(trainer, config, preparation)) ?? -1;
  }

  valueAt(index: number, key: string): HyperparameterValue | undefined {
    const { trainer, config, preparation } = this.#cells[index];
    const values: Partial<Config> = { ...preparation };
    return key === "trainer" ? trainer : config[key] ?? values[key];
  }

  find(isWanted: (cell: Cell) => boolean): Cell | undefined {
    return this.#cells.find(isWanted);
  }

  map<T>(transform: (cell: Cell, index: number) => T): T[] {
    return this.#cells.map(transform);
  }

  flatMap<T>(transform: (cell: Cell, index: number) => T | readonly T[]): T[] {
    return this.#cells.flatMap(transform);
  }
}

/**
 * The experiment with some of its cells alone.
 *
 * @param indexes Theirs, ascending; the baseline's is among them.
 */
export function keepCells(experiment: Experiment, indexes: readonly number[]): Experiment {
  const baseline = indexes.indexOf(experiment.baseline);
  if (baseline < 0) throw new RangeError("Cannot keep cells without the baseline");
  return { ...experiment, cells: new SomeCells(experiment.cells, indexes), baseline };
}
