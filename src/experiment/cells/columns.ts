import { canonicalValue, configIdentity, resolveConfig } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { Config, Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import { PREPARATION_ROWS, preparationRow, takesPreparation } from "../schema/preparation_rows.ts";
import type { Dimension, Origin } from "./block.ts";
import type { Condition, Pattern } from "./pattern.ts";

/** Combinations, one after another: for each column, the number of its key's value. */
export type Ids = Uint32Array<ArrayBuffer>;

/** Whether the combination that begins at an index matches. */
export type Matcher = (ids: Ids, start: number) => boolean;

/** Instead of a number: the combination has the fixed value or the default. */
export const ABSENT = 0;

/** The identity of a value that is missing because the trainer has no such key. */
const NOTHING = -Infinity;

/** A key that the grid sweeps, with all of its values in the grid. */
class Column {
  /** By their numbers; `ABSENT` has none. */
  values: HyperparameterValue[] = [NaN];
  /** By the values' numbers, after `identify()`: the same for equal values. */
  identities = new Float64Array();
  /** The dimensions that values come from, with the number of the first value, ascending. */
  readonly #origins: { first: number; dimension: Dimension }[] = [];
  readonly #row: Hyperparameter;
  /** Identities of texts; absent if all values are numbers, which identify themselves. */
  #texts?: Map<string, number>;

  constructor(readonly key: string, trainers: Trainers) {
    this.#row = hyperparameterOrTrainer(key, trainers);
  }

  /** Adds a dimension's values, numbered consecutively; returns the number of the first. */
  add(values: readonly HyperparameterValue[], dimension: Dimension): number {
    const first = this.values.length;
    this.#origins.push({ first, dimension });
    // `concat()` wastes no memory but copies everything, so it is for long lists only.
    if (values.length > first) this.values = this.values.concat(values);
    else for (const value of values) this.values.push(value);
    return first;
  }

  /** @param bases The fixed or default values, which combinations without their own value have. */
  identify(bases: readonly HyperparameterValue[]): void {
    const isNumber = (value: HyperparameterValue) => typeof value === "number";
    if (!bases.every(isNumber) || !this.values.every(isNumber)) {
      const texts = [...bases, ...this.values].map((value) => this.#text(value));
      this.#texts = new Map(Array.from(new Set(texts), (text, index) => [text, index]));
    }
    this.identities = new Float64Array(this.values.length);
    this.values.forEach((value, id) => this.identities[id] = this.identityOf(value) ?? NOTHING);
  }

  /** A number that equal values share; undefined if no combination has such a value. */
  identityOf(value: HyperparameterValue): number | undefined {
    if (this.#texts) return this.#texts.get(this.#text(value));
    return typeof value === "number" ? value : undefined;
  }

  /** Where the value with a number comes from. */
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

function byTrainer<T>({ names }: Trainers, valueOf: (trainer: TrainerName) => T): ByTrainer<T> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as ByTrainer<T>;
}

/** All keys that a grid sweeps, and the values of combinations that lack one. */
export class Columns {
  /** In the order of the table of hyperparameters, the trainer and the preparation first. */
  readonly list: readonly Column[];
  /** The configs of combinations that lack all keys. */
  readonly bases: ByTrainer<Config>;
  #baseIdentities: ByTrainer<readonly number[]>;

  /**
   * @param trainers All that combinations may have.
   * @param trainer The trainer of combinations that do not name one.
   * @param preparation How the rows of combinations that do not say are prepared.
   */
  constructor(
    keys: readonly string[],
    readonly trainers: Trainers,
    readonly trainer: TrainerName,
    fixed: Config,
    readonly preparation: Config,
  ) {
    const rows = [...PREPARATION_ROWS, ...trainers.rows];
    const inOrder = new Set(["trainer", ...rows.map(({ key }) => key)]);
    this.list = [...inOrder].filter((key) => keys.includes(key))
      .map((key) => new Column(key, trainers));
    this.bases = byTrainer(trainers, (name) => resolveConfig(trainers.named(name), fixed));
    this.#baseIdentities = byTrainer(trainers, () => []);
  }

  /** Call it after all values are added: only then can combinations be compared. */
  identify(): void {
    for (const column of this.list) {
      const bases = this.trainers.names.map((name) => this.base(name, column.key));
      column.identify(bases.filter((value) => value !== undefined));
    }
    this.#baseIdentities = byTrainer(this.trainers, (name) =>
      this.list.map((column) => {
        const base = this.base(name, column.key);
        return base === undefined ? NOTHING : column.identityOf(base) ?? NOTHING;
      }));
  }

  /** The index of a key's column; -1 if the grid does not sweep it. */
  indexOf(key: string): number {
    return this.list.findIndex((column) => column.key === key);
  }

  /** Where the value with a number in a key's column comes from. */
  originOf(key: string, id: number): Origin {
    return this.list[this.indexOf(key)].originOf(id);
  }

  /** All values of a key in a grid, including that of combinations that do not sweep it. */
  valuesOf(key: string): readonly HyperparameterValue[] {
    const column = this.list[this.indexOf(key)];
    const base = this.base(this.trainer, key);
    return [...column?.values.slice(1) ?? [], ...base === undefined ? [] : [base]];
  }

  trainerOf(ids: Ids, start: number): TrainerName {
    const [first] = this.list;
    return first?.key === "trainer" && ids[start] !== ABSENT
      ? first.values[ids[start]] as TrainerName
      : this.trainer;
  }

  /** A number that equal combinations share in a column. */
  identityAt(ids: Ids, start: number, column: number): number {
    const id = ids[start + column];
    if (id !== ABSENT) return this.list[column].identities[id];
    return this.baseIdentity(this.trainerOf(ids, start), column);
  }

  /** The identity in a column for a trainer's combinations without their own value. */
  baseIdentity(trainer: TrainerName, column: number): number {
    return this.#baseIdentities[trainer][column];
  }

  /** The identities of a config by column; undefined if no combination can have it. */
  identitiesOf(
    trainer: TrainerName,
    config: Config,
    preparation: Partial<Config>,
  ): readonly number[] | undefined {
    const isSwept = new Set(this.list.map(({ key }) => key));
    const described = this.trainers.named(trainer);
    const others = described.hyperparameters.filter(({ key }) => !isSwept.has(key));
    if (!isSwept.has("trainer") && trainer !== this.trainer) return undefined;
    const isBase = configIdentity(others, config) === configIdentity(others, this.bases[trainer]);
    if (!isBase) return undefined;
    const identities = this.list.map((column) => {
      const { key } = column;
      const value = preparationRow(key) && takesPreparation(described)
        ? preparation[key] ?? this.preparation[key]
        : key === "trainer"
        ? trainer
        : config[key];
      return value === undefined ? NOTHING : column.identityOf(value);
    });
    return identities.every((identity) => identity !== undefined) ? identities : undefined;
  }

  /** Matches by the combinations' final values, including fixed values and defaults. */
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
    const base = byTrainer(this.trainers, (name) => {
      const value = this.base(name, key);
      return value !== undefined && condition(value);
    });
    return { column, byId: Uint8Array.from(values, (value) => condition(value) ? 1 : 0), base };
  }

  /** The value of a trainer's combinations that have none of their own; undefined if it has no such key. */
  base(trainer: TrainerName, key: string): HyperparameterValue | undefined {
    if (key === "trainer") return trainer;
    if (!preparationRow(key)) return this.bases[trainer][key];
    return takesPreparation(this.trainers.named(trainer)) ? this.preparation[key] : undefined;
  }
}
