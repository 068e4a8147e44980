import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import type { Dimension, Origin } from "./block.ts";
import { canonicalValue, configIdentity, resolveConfig } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type {
  Config,
  Hyperparameter,
  HyperparameterValue,
} from "../../trainers/hyperparameters.ts";
import {
  HYPERPARAMETERS,
  hyperparametersOf,
  type TrainerName,
  TRAINERS,
} from "../../trainers/hyperparameters.ts";
import type { Condition, Pattern } from "./pattern.ts";

/** Combinations, one behind the other: for each column, the number of its key's value. */
export type Ids = Uint32Array<ArrayBuffer>;

/** Whether the combination that begins at an index has what is asked for. */
export type Matcher = (ids: Ids, start: number) => boolean;

/** In place of a number: the combination has no value of its own, but the fixed one or the default. */
export const ABSENT = 0;

/** The identity of what a combination has where its trainer has no such key. */
const NOTHING = -Infinity;

/** A key that the grid sweeps, with all of the values that the grid has for it. */
class Column {
  /** By their numbers; `ABSENT` has none. */
  values: HyperparameterValue[] = [NaN];
  /** By the values' numbers, once they are identified: equal for values that mean the same. */
  identities = new Float64Array();
  /** The dimensions that values come from, by the numbers of their first ones, ascending. */
  readonly #origins: { first: number; dimension: Dimension }[] = [];
  readonly #row: Hyperparameter;
  /** Identities of texts; absent where all values are numbers, which are their own. */
  #texts?: Map<string, number>;

  constructor(readonly key: string) {
    this.#row = hyperparameterOrTrainer(key);
  }

  /** Adds a dimension's values; gives the number of the first, which those of the others follow. */
  add(values: readonly HyperparameterValue[], dimension: Dimension): number {
    const first = this.values.length;
    this.#origins.push({ first, dimension });
    // What is joined takes no more than it needs, but each joining takes time for all that there is.
    if (values.length > first) this.values = this.values.concat(values);
    else for (const value of values) this.values.push(value);
    return first;
  }

  /** @param bases What combinations may have that are without a value of their own. */
  identify(bases: readonly HyperparameterValue[]): void {
    const isNumber = (value: HyperparameterValue) => typeof value === "number";
    if (!bases.every(isNumber) || !this.values.every(isNumber)) {
      const texts = [...bases, ...this.values].map((value) => this.#text(value));
      this.#texts = new Map(Array.from(new Set(texts), (text, index) => [text, index]));
    }
    this.identities = new Float64Array(this.values.length);
    this.values.forEach((value, id) => this.identities[id] = this.identityOf(value) ?? NOTHING);
  }

  /** What equal values have in common; nothing if no combination has such a value. */
  identityOf(value: HyperparameterValue): number | undefined {
    if (this.#texts) return this.#texts.get(this.#text(value));
    return typeof value === "number" ? value : undefined;
  }

  /** Where the value of a number comes from. */
  originOf(id: number): Origin {
    const { first, dimension } = this.#origins.findLast(({ first }) => first <= id) ??
      this.#origins[0];
    return { dimension, point: id - first };
  }

  #text(value: HyperparameterValue): string {
    return formatValue(canonicalValue(this.#row, value));
  }
}

type ByTrainer<T> = Readonly<Record<TrainerName, T>>;

function byTrainer<T>(valueOf: (trainer: TrainerName) => T): ByTrainer<T> {
  return Object.fromEntries(TRAINERS.map((name) => [name, valueOf(name)])) as ByTrainer<T>;
}

/** All keys that a grid sweeps, and what combinations have where they lack one. */
export class Columns {
  /** In the order of the table of hyperparameters, the trainer first. */
  readonly list: readonly Column[];
  /** The configs of combinations that lack all keys. */
  readonly bases: ByTrainer<Config>;
  #baseIdentities: ByTrainer<readonly number[]> = byTrainer(() => []);

  /** @param trainer That of combinations which do not say. */
  constructor(keys: readonly string[], readonly trainer: TrainerName, fixed: Config) {
    const inOrder = new Set(["trainer", ...HYPERPARAMETERS.map(({ key }) => key)]);
    this.list = [...inOrder].filter((key) => keys.includes(key)).map((key) => new Column(key));
    this.bases = byTrainer((name) => resolveConfig(name, fixed));
  }

  /** Ends the adding of values: from now on, combinations can be compared. */
  identify(): void {
    for (const column of this.list) {
      const bases = TRAINERS.map((name) => this.#base(name, column.key));
      column.identify(bases.filter((value) => value !== undefined));
    }
    this.#baseIdentities = byTrainer((name) =>
      this.list.map((column) => {
        const base = this.#base(name, column.key);
        return base === undefined ? NOTHING : column.identityOf(base) ?? NOTHING;
      })
    );
  }

  /** The index of a key's column; -1 if the grid does not sweep it. */
  indexOf(key: string): number {
    return this.list.findIndex((column) => column.key === key);
  }

  /** Where the value of a number in a key's column comes from. */
  originOf(key: string, id: number): Origin {
    return this.list[this.indexOf(key)].originOf(id);
  }

  /** What a grid has for a key, in some combination or in those that do not sweep it. */
  valuesOf(key: string): readonly HyperparameterValue[] {
    const column = this.list[this.indexOf(key)];
    const base = this.#base(this.trainer, key);
    return [...column?.values.slice(1) ?? [], ...base === undefined ? [] : [base]];
  }

  trainerOf(ids: Ids, start: number): TrainerName {
    const [first] = this.list;
    return first?.key === "trainer" && ids[start] !== ABSENT
      ? first.values[ids[start]] as TrainerName
      : this.trainer;
  }

  /** What equal combinations have in common in a column. */
  identityAt(ids: Ids, start: number, column: number): number {
    const id = ids[start + column];
    if (id !== ABSENT) return this.list[column].identities[id];
    return this.baseIdentity(this.trainerOf(ids, start), column);
  }

  /** What combinations of a trainer have in common that have no value of their own. */
  baseIdentity(trainer: TrainerName, column: number): number {
    return this.#baseIdentities[trainer][column];
  }

  /** What combinations with a config have in common, by columns; nothing if none can have it. */
  identitiesOf(trainer: TrainerName, config: Config): readonly number[] | undefined {
    const isSwept = new Set(this.list.map(({ key }) => key));
    const others = hyperparametersOf(trainer).filter(({ key }) => !isSwept.has(key));
    if (!isSwept.has("trainer") && trainer !== this.trainer) return undefined;
    const isBase = configIdentity(others, config) === configIdentity(others, this.bases[trainer]);
    if (!isBase) return undefined;
    const identities = this.list.map((column) => {
      const value = column.key === "trainer" ? trainer : config[column.key];
      return value === undefined ? NOTHING : column.identityOf(value);
    });
    return identities.every((identity) => identity !== undefined) ? identities : undefined;
  }

  /** Matches by what combinations have in the end, fixed values and defaults too. */
  matcher(pattern: Pattern): Matcher {
    const tests = pattern.map(([key, condition]) => this.#test(key, condition));
    return (ids, start) => {
      for (const { column, byId, base } of tests) {
        const id = column < 0 ? ABSENT : ids[start + column];
        const holds = id === ABSENT ? base[this.trainerOf(ids, start)] : byId[id] === 1;
        if (!holds) return false;
      }
      return true;
    };
  }

  #test(key: string, condition: Condition) {
    const column = this.indexOf(key);
    const values = column < 0 ? [] : this.list[column].values;
    const base = byTrainer((name) => {
      const value = this.#base(name, key);
      return value !== undefined && condition(value);
    });
    return { column, byId: Uint8Array.from(values, (value) => condition(value) ? 1 : 0), base };
  }

  #base(trainer: TrainerName, key: string): HyperparameterValue | undefined {
    return key === "trainer" ? trainer : this.bases[trainer][key];
  }
}
