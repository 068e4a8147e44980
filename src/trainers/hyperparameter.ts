export type Scalar = number | string;
/** A hyperparameter's value: one, or one per layer. */
export type HyperparameterValue = Scalar | readonly Scalar[];

/** A run's hyperparameters, all resolved, by their snake_case keys. */
export type Config = Readonly<Record<string, HyperparameterValue>>;

/** One row of a trainer's table: all that the rest of regsweep knows of a hyperparameter. */
export interface Hyperparameter {
  /** Its name in YAML files, on the command line and in CSV columns. */
  readonly key: string;
  readonly type: "number" | "integer" | "word";
  /** `list`: always a list; `per_layer`: one value, or a list as long as that of `lengthOf`. */
  readonly shape: "scalar" | "per_layer" | "list";
  /** Of `per_layer`: the key of the list that a list of its values is as long as. */
  readonly lengthOf?: string;
  /** Of `per_layer`: what each value of a list belongs to, such as `hidden layer`. */
  readonly per?: string;
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
  /** One line for docs/hyperparameters.md, editors and `--help`. */
  readonly help: string;
  /** True for what fights overfitting: the report draws accuracy over its strength. */
  readonly regularizer?: true;
}
