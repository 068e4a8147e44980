/**
 * What a module exports by default to be a trainer. Modules need not import these types.
 *
 * Arrays of data are copies that belong to the run; matrices are row-major.
 */
export interface TrainerDefinition<C extends ConfigOf<C> = OwnConfig> {
  /** Letters, digits, underscores and hyphens, the first a letter. */
  readonly name: string;
  /** What it can learn; without it, the trainer needs no dataset and gives measures of its own. */
  readonly tasks?: readonly ("classification" | "regression")[];
  /** By their snake_case keys. */
  readonly hyperparameters?: Readonly<Record<string, HyperparameterDefinition>>;
  /** What it may use although its results may then depend on the engine: `Math.exp` and its kind. */
  readonly allow?: readonly "math"[];
  /** Trains one run: yields evaluations, the last of the final model, and returns its parameters. */
  train(
    run: OwnRun<C>,
  ): Iterator<OwnEvaluation, OwnModel | void> | AsyncIterator<OwnEvaluation, OwnModel | void>;
  /**
   * Predicts rows from nothing but the parameters that train() returned, so that test rows need no
   * second training. Its predictions must equal those of the last evaluation's `predict`, to the bit.
   */
  predict?(model: FinishedModel<C>, x: Float64Array, rows: number): ArrayLike<number>;
}

/** What `predict()` of a trainer gets besides rows. */
export interface FinishedModel<C extends ConfigOf<C> = OwnConfig> {
  /** The hyperparameters of the run that trained it. */
  readonly config: C;
  /** The values of each, by name, row by row. */
  readonly parameters: Readonly<Record<string, Float32Array | Float64Array>>;
  /** The inputs and classes that it learned from. */
  readonly data: Pick<OwnData, "features" | "featureNames" | "classes">;
  /** Functions with the same bits on every machine. */
  readonly math: ExactMath;
}

/** The hyperparameters of a run, by key. */
export type OwnConfig = Readonly<Record<string, number | boolean | string>>;

/** What a type of configs must be like. An interface may be one: it has no `OwnConfig`'s index. */
export type ConfigOf<C> = { readonly [K in keyof C]: number | boolean | string };

/** Only `type` is required. A hyperparameter without a default must be set by each experiment. */
export interface HyperparameterDefinition {
  /** What its values are. */
  readonly type: "number" | "integer" | "boolean" | "choice";
  /** Of a choice: its words. */
  readonly choices?: readonly string[];
  /** The least number that is allowed. */
  readonly minimum?: number;
  /** All numbers have to be above it. */
  readonly exclusiveMinimum?: number;
  /** The greatest number that is allowed. */
  readonly maximum?: number;
  /** All numbers have to be below it. */
  readonly exclusiveMaximum?: number;
  /** Its value in cells that do not give it one. */
  readonly default?: number | boolean | string;
  /** True if it reduces overfitting: the report draws the metric over its strength. */
  readonly regularizer?: boolean;
  /** Its name in the report; its key if not given. */
  readonly label?: string;
  /** Of its values, such as `rows`. */
  readonly unit?: string;
  /** One line for `--help` and editors. */
  readonly help?: string;
}

/** What one run gets. */
export interface OwnRun<C extends ConfigOf<C> = OwnConfig> {
  /** The hyperparameters, all resolved. */
  readonly config: C;
  /** The seed of the run, at least 0. */
  readonly seed: number;
  /** Absent where the experiment has no dataset. */
  readonly data: OwnData;
  /** A stream of numbers in [0, 1), named for its use; the same for a seed on every machine. */
  random(use: string): () => number;
  /** Functions with the same bits on every machine. */
  readonly math: ExactMath;
}

/** Prepared rows: imputed, encoded and standardized as the experiment says. */
export interface OwnData {
  /** What it learns from. */
  readonly train: OwnRows;
  /** What evaluations are measured on. */
  readonly validation: OwnRows;
  /** The number of inputs. */
  readonly features: number;
  /** The names of the inputs. */
  readonly featureNames: readonly string[];
  /** The names of the classes; empty for quantities. */
  readonly classes: readonly string[];
}

/** Rows of one part. */
export interface OwnRows {
  /** (rows, features). */
  readonly x: Float64Array;
  /** (rows): class numbers, or quantities. */
  readonly y: Float64Array;
  /** How many there are. */
  readonly rows: number;
}

/** An evaluation of the model: regsweep computes the measures from `predict`, or they are given. */
export type OwnEvaluation =
  & { readonly step: number }
  & (
    | { readonly predict: Predict; readonly measures?: Readonly<Record<string, number>> }
    | { readonly predict?: undefined; readonly measures: Readonly<Record<string, number>> }
  );

/**
 * Predicts rows: class probabilities (rows, classes), or quantities (rows).
 *
 * @param x (rows, features), prepared like the training rows.
 */
export type Predict = (x: Float64Array, rows: number) => ArrayLike<number>;

/** What training returns. */
export interface OwnModel {
  /** Those of the model in the last evaluation, which has the measures and test scores, by name. */
  readonly parameters?: Readonly<Record<string, OwnParameter>>;
}

/** A vector, or an array of any shape. */
export type OwnParameter =
  | Float32Array
  | Float64Array
  | { readonly shape: readonly number[]; readonly values: Float32Array | Float64Array };

/** Like the functions of `Math`, with the same bits on every machine. */
export interface ExactMath {
  /** e to the power of x. */
  exp(x: number): number;
  /** e to the power of x, less 1. */
  expm1(x: number): number;
  /** The natural logarithm. */
  log(x: number): number;
  /** The natural logarithm of 1 + x. */
  log1p(x: number): number;
  /** The logarithm to base 2. */
  log2(x: number): number;
  /** The logarithm to base 10. */
  log10(x: number): number;
  /** x to the power of y. */
  pow(x: number, y: number): number;
  /** The sine of an angle in radians. */
  sin(x: number): number;
  /** The cosine of an angle in radians. */
  cos(x: number): number;
  /** The tangent of an angle in radians. */
  tan(x: number): number;
  /** The angle of a sine, in radians. */
  asin(x: number): number;
  /** The angle of a cosine, in radians. */
  acos(x: number): number;
  /** The angle of a tangent, in radians. */
  atan(x: number): number;
  /** The angle of the point (x, y), in radians. */
  atan2(y: number, x: number): number;
  /** The hyperbolic sine. */
  sinh(x: number): number;
  /** The hyperbolic cosine. */
  cosh(x: number): number;
  /** The hyperbolic tangent. */
  tanh(x: number): number;
  /** The inverse of the hyperbolic sine. */
  asinh(x: number): number;
  /** The inverse of the hyperbolic cosine. */
  acosh(x: number): number;
  /** The inverse of the hyperbolic tangent. */
  atanh(x: number): number;
  /** The cube root. */
  cbrt(x: number): number;
  /** The length of the vector (x, y). */
  hypot(x: number, y: number): number;
}
