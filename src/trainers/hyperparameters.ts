import { MLP_HYPERPARAMETERS } from "./mlp/mlp_hyperparameters.ts";
import { NOTEBOOK_HYPERPARAMETERS } from "./notebook/notebook_hyperparameters.ts";

/** The trainers, by the names they have in experiment files. */
export const TRAINERS = ["mlp", "notebook"] as const;
export type TrainerName = typeof TRAINERS[number];

/** The trainer that an experiment names; the default if that is none of them. */
export function trainerNamed(name: unknown): TrainerName {
  return TRAINERS.find((trainer) => trainer === name) ?? "mlp";
}

/** Whether a trainer draws and standardizes rows its own way, whatever the experiment says. */
export function hasOwnSplit(trainer: TrainerName): boolean {
  return trainer === "notebook";
}

/** The largest seed that a trainer takes: NumPy's generator has 32 bits of it. */
export function maximumSeed(trainer: TrainerName): number {
  return trainer === "notebook" ? 2 ** 32 - 1 : Number.MAX_SAFE_INTEGER;
}

export type Scalar = number | string;
/** A hyperparameter's value: one, or one per layer. */
export type HyperparameterValue = Scalar | readonly Scalar[];

/** A run's hyperparameters, all resolved, by their snake_case keys. */
export type Config = Readonly<Record<string, HyperparameterValue>>;

/** One row of the table: all that the rest of regsweep knows of a hyperparameter. */
export interface Hyperparameter {
  /** Its name in YAML files, on the command line and in CSV columns. */
  readonly key: string;
  readonly trainer: TrainerName;
  readonly type: "number" | "integer" | "word";
  /** `list`: always a list; `per_layer`: one value, or a list with one per hidden layer. */
  readonly shape: "scalar" | "per_layer" | "list";
  /** Words allowed: all there are for type `word`, in place of a number otherwise. */
  readonly words?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  /** How many values a list may have. */
  readonly maximumLength?: number;
  readonly default: HyperparameterValue;
  /**
   * The dimension of Sobol's sequence that its samples are. No two rows of a trainer have the same,
   * and it never changes, so that samples stay what they are; lower ones are a little more even.
   */
  readonly sobolDimension: number;
  readonly unit?: string;
  /** What the report calls it. */
  readonly label: string;
  /** One line for the README, editors and `--help`. */
  readonly help: string;
  /** True for what fights overfitting: the report draws accuracy over its strength. */
  readonly regularizer?: true;
}

/**
 * THE table of hyperparameters, and the only list of them: validation, `--set`, CSV columns, the
 * JSON schema, the README's table and the report's labels all derive from it.
 */
export const HYPERPARAMETERS: readonly Hyperparameter[] = [
  ...MLP_HYPERPARAMETERS,
  ...NOTEBOOK_HYPERPARAMETERS,
];

/** The table's rows of one trainer, in the table's order. */
export function hyperparametersOf(trainer: TrainerName): readonly Hyperparameter[] {
  return HYPERPARAMETERS.filter((row) => row.trainer === trainer);
}

/** The same values under the camelCase names that code uses: `l1_penalty` is `l1Penalty`. */
export function toCamelCase(config: Config): Readonly<Record<string, HyperparameterValue>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

/**
 * The table's row of a key.
 *
 * @throws {RangeError} If the trainer has no such hyperparameter.
 */
export function hyperparameterOf(trainer: TrainerName, key: string): Hyperparameter {
  const row = HYPERPARAMETERS.find((row) => row.key === key && row.trainer === trainer);
  if (!row) throw new RangeError(`Trainer ${trainer} has no hyperparameter ${key}`);
  return row;
}
