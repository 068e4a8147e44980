import type { Task } from "../measures/measure.ts";

/** One value of a hyperparameter. */
export type Scalar = number | string | boolean;
/** A hyperparameter's value: one, or one per layer. */
export type HyperparameterValue = Scalar | readonly Scalar[];

/** A run's hyperparameters, all resolved, by their snake_case keys. */
export type Config = Readonly<Record<string, HyperparameterValue>>;

/** One row of a trainer's table: all that the rest of regsweep knows about a hyperparameter. */
export interface Hyperparameter {
  /** Its name in YAML files, on the command line and in CSV columns. */
  readonly key: string;
  readonly type: "number" | "integer" | "word" | "boolean";
  /**
   * `list`: always a list; `per_layer`: one value, or a list as long as the one named by
   * `lengthOf`; `mapping`: a word, or a mapping from names to numbers, whose value is the text that
   * `formatMapping()` gives.
   */
  readonly shape: "scalar" | "per_layer" | "list" | "mapping";
  /** The tasks in which it can have other values than its default; absent if it can in all. */
  readonly tasks?: readonly Task[];
  /**
   * For `per_layer`: the key of the hyperparameter whose list sets the length of a list of values.
   */
  readonly lengthOf?: string;
  /**
   * For `per_layer`: what each value of a list belongs to, such as `hidden layer`. For `mapping`:
   * what its names are: `class`.
   */
  readonly per?: string;
  /** Allowed words: the only values of type `word`; for other types, alternatives to a number. */
  readonly words?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  /** The maximum length of a list. */
  readonly maximumLength?: number;
  /** Absent if each cell must have a value: only rows of users' own trainers can be so. */
  readonly default?: HyperparameterValue;
  /**
   * The dimension of Sobol's sequence that its samples come from. Each row of a trainer has its
   * own, which never changes, so that samples stay the same; lower dimensions are slightly more
   * even.
   */
  readonly sobolDimension: number;
  readonly unit?: string;
  /** Its name in the report. */
  readonly label: string;
  /** One line for docs/hyperparameters.md, editors and `--help`. */
  readonly help: string;
  /** True if it reduces overfitting: the report draws accuracy over its strength. */
  readonly regularizer?: true;
  /**
   * The first step at which its value does something. Two configs that differ in it alone have the
   * same state before every step up to the smaller of their two. Infinite if no state depends on the
   * value, which may only say when a run is evaluated or ends. Absent if it matters from the start.
   */
  readonly actsFrom?: (config: Config) => number;
}
