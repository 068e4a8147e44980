import { nearest } from "../nearest.ts";
import { UserError } from "../user_error.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { TRAINERS } from "./registry.ts";
import type { Trainer, TrainerDescription, TrainerName } from "./trainer.ts";

/** Trainers by name: those that an experiment can have, or those that a report speaks of. */
export class Trainers<T extends TrainerDescription = Trainer> {
  /** In the order of documentation and columns. */
  readonly all: readonly T[];
  readonly names: readonly TrainerName[];
  /**
   * THE table of hyperparameters, trainer by trainer: validation, `--set`, CSV columns, the JSON
   * schema, docs/hyperparameters.md and the report's labels all derive from the trainers' rows.
   */
  readonly rows: readonly Hyperparameter[];
  readonly #byName: ReadonlyMap<unknown, T>;
  readonly #rows: ReadonlyMap<string, Hyperparameter>;

  constructor(all: readonly T[]) {
    this.all = all;
    this.names = all.map(({ name }) => name);
    this.rows = all.flatMap(({ hyperparameters }) => hyperparameters);
    this.#byName = new Map(all.map((trainer) => [trainer.name, trainer]));
    // What values of a key are is for a user's own trainer to say, if one has the key.
    const ordered = [...all.filter(isOwn), ...all].flatMap(({ hyperparameters }) =>
      hyperparameters
    );
    this.#rows = new Map(
      Array.from(Map.groupBy(ordered, ({ key }) => key), ([key, rows]) => [key, rowFor(rows)]),
    );
  }

  /** The trainer of experiments that do not name one. */
  get default(): T {
    return this.all[0];
  }

  /** Whether a value is the name of one of them. */
  has(value: unknown): value is TrainerName {
    return this.#byName.has(value);
  }

  /**
   * The trainer with a name.
   *
   * @throws {UserError} If there is no such trainer.
   */
  named(name: TrainerName): T {
    const trainer = this.#byName.get(name);
    if (trainer) return trainer;
    const suggestion = nearest(name, this.names);
    throw new UserError({
      message: `Unknown trainer ${JSON.stringify(name)}: this regsweep has ${
        this.names.join(", ")
      }`,
      hint: suggestion && `did you mean "${suggestion}"?`,
    });
  }

  /**
   * The trainers with some names, each once, in the order of all.
   *
   * @throws {UserError} If there is no trainer with one of the names.
   */
  select(names: Iterable<TrainerName>): readonly T[] {
    const named = new Set(Array.from(names, (name) => this.named(name)));
    return this.all.filter((trainer) => named.has(trainer));
  }

  /** The row that says how values of a key are read and compared; undefined if no trainer has it. */
  row(key: string): Hyperparameter | undefined {
    return this.#rows.get(key);
  }

  /**
   * A trainer's row with a key.
   *
   * @throws {RangeError} If the trainer has no such hyperparameter.
   * @throws {UserError} If there is no such trainer.
   */
  rowOf(name: TrainerName, key: string): Hyperparameter {
    const row = this.named(name).hyperparameters.find((row) => row.key === key);
    if (!row) throw new RangeError(`Trainer ${name} has no hyperparameter ${key}`);
    return row;
  }

  /**
   * The versions of the trainers of some cells, by the trainers' names.
   *
   * @throws {UserError} If there is no trainer with one of the names.
   */
  versionsOf(
    cells: Iterable<{ readonly trainer: TrainerName }>,
  ): Record<TrainerName, T["version"]> {
    const names = new Set<TrainerName>();
    for (const { trainer } of cells) names.add(trainer);
    return Object.fromEntries(Array.from(names, (name) => [name, this.named(name).version]));
  }
}

function isOwn(trainer: TrainerDescription & Pick<Trainer, "own">): boolean {
  return trainer.own !== undefined;
}

/** Of several rows of one key, one with values per layer, which knows what equals one value, or the first. */
function rowFor(rows: readonly Hyperparameter[]): Hyperparameter {
  return rows.find(({ shape }) => shape === "per_layer") ?? rows[0];
}

/** The trainers that regsweep comes with. */
export const BUILT_IN: Trainers = new Trainers(TRAINERS);
