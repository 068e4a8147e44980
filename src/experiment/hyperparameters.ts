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

/** The most hidden layers that a model may have. */
export const MAXIMUM_HIDDEN_LAYERS = 8;

/**
 * THE table of hyperparameters, and the only list of them: validation, `--set`, CSV columns, the
 * JSON schema, the README's table and the report's labels all derive from it.
 */
export const HYPERPARAMETERS: readonly Hyperparameter[] = [
  {
    key: "hidden",
    trainer: "mlp",
    type: "integer",
    shape: "list",
    minimum: 1,
    maximum: 65_536,
    maximumLength: MAXIMUM_HIDDEN_LAYERS,
    default: [128, 128],
    sobolDimension: 11,
    unit: "units",
    label: "Hidden widths",
    help: "width of each hidden layer; [] trains multinomial logistic regression",
  },
  {
    key: "activation",
    trainer: "mlp",
    type: "word",
    shape: "per_layer",
    words: ["relu", "tanh", "identity"],
    default: "relu",
    sobolDimension: 12,
    label: "Activation",
    help: "what a hidden layer applies to its sums",
  },
  {
    key: "init",
    trainer: "mlp",
    type: "word",
    shape: "scalar",
    words: ["he", "glorot", "normal"],
    default: "he",
    sobolDimension: 13,
    label: "Initialization",
    help:
      "weights drawn from normal(0, √(2/inputs)), uniform(±√(6/(inputs + outputs))) or normal(0, init_scale)",
  },
  {
    key: "init_scale",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0.01,
    sobolDimension: 14,
    label: "Initial scale",
    help: "standard deviation of the initial weights where init is normal",
  },
  {
    key: "optimizer",
    trainer: "mlp",
    type: "word",
    shape: "scalar",
    words: ["sgd", "adam"],
    default: "sgd",
    sobolDimension: 17,
    label: "Optimizer",
    help: "what makes updates of gradients: stochastic gradient descent with momentum, or Adam",
  },
  {
    key: "learning_rate",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    exclusiveMinimum: 0,
    default: 0.1,
    sobolDimension: 1,
    label: "Learning rate",
    help: "what an update multiplies the gradient by",
  },
  {
    key: "momentum",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    sobolDimension: 7,
    label: "Momentum",
    help: "sgd: share of the last update's velocity that is kept: v = momentum·v + gradient",
  },
  {
    key: "beta1",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.9,
    sobolDimension: 18,
    label: "Beta 1",
    help: "adam: share of the running mean of gradients that an update keeps",
  },
  {
    key: "beta2",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.999,
    sobolDimension: 19,
    label: "Beta 2",
    help: "adam: share of the running mean of squared gradients that an update keeps",
  },
  {
    key: "epsilon",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    exclusiveMinimum: 0,
    default: 1e-8,
    sobolDimension: 20,
    label: "Epsilon",
    help: "adam: added to the root of the mean of squares before it divides an update",
  },
  {
    key: "batch_size",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    words: ["all"],
    minimum: 1,
    default: "all",
    sobolDimension: 8,
    unit: "rows",
    label: "Batch size",
    help: "training rows per step, drawn without replacement within an epoch; all is full batch",
  },
  {
    key: "steps",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    minimum: 0,
    maximum: 100_000_000,
    default: 1000,
    sobolDimension: 9,
    unit: "steps",
    label: "Steps",
    help: "weight updates in all",
  },
  {
    key: "clip_gradient",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    words: ["none"],
    exclusiveMinimum: 0,
    default: "none",
    sobolDimension: 10,
    label: "Gradient clipping",
    help: "each element of the gradient, penalties included, is limited to ± this",
  },
  {
    key: "l1_penalty",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 4,
    label: "L1 penalty",
    help: "λ: adds λ·Σ|w| to the mean loss",
    regularizer: true,
  },
  {
    key: "l1_method",
    trainer: "mlp",
    type: "word",
    shape: "scalar",
    words: ["gradient", "proximal"],
    default: "gradient",
    sobolDimension: 24,
    label: "L1 method",
    help:
      "gradient adds λ·sign(w) to the gradient; proximal shrinks weights after it, many to exactly 0",
  },
  {
    key: "l2_penalty",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 2,
    label: "L2 penalty",
    help: "λ: adds ½λ·Σw² to the mean loss",
    regularizer: true,
  },
  {
    key: "weight_decay",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 5,
    label: "Weight decay",
    help: "λ, decoupled from the gradient: each update also takes learning_rate·λ·w from w",
    regularizer: true,
  },
  {
    key: "max_norm",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    words: ["none"],
    exclusiveMinimum: 0,
    default: "none",
    sobolDimension: 21,
    label: "Norm limit",
    help:
      "limit of the L2 norm of the weights into each unit; after an update, larger ones are scaled back",
    regularizer: true,
  },
  {
    key: "dropout",
    trainer: "mlp",
    type: "number",
    shape: "per_layer",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    sobolDimension: 3,
    label: "Dropout",
    help: "probability that a hidden unit is dropped in a training step",
    regularizer: true,
  },
  {
    key: "label_smoothing",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0,
    sobolDimension: 22,
    label: "Label smoothing",
    help: "ε: training targets are (1 − ε)·one-hot + ε/classes; reported losses are without it",
    regularizer: true,
  },
  {
    key: "input_noise",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 23,
    label: "Input noise",
    help:
      "σ: standard deviation of Gaussian noise on the standardized inputs of each training step",
    regularizer: true,
  },
  {
    key: "prune_threshold",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 6,
    unit: "standard deviations",
    label: "Pruning threshold",
    help: "τ: weights with |w| < τ·std(the layer's weights) become 0 and stay 0",
    regularizer: true,
  },
  {
    key: "prune_period",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 100,
    sobolDimension: 15,
    unit: "steps",
    label: "Pruning period",
    help: "steps between prunings; there is none at step 0 nor after the last update",
  },
  {
    key: "early_stopping",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    words: ["none"],
    minimum: 1,
    default: "none",
    sobolDimension: 25,
    unit: "evaluations",
    label: "Early stopping",
    help:
      "patience: evaluations in a row without a lower validation loss that end training; the model of the lowest is kept",
    regularizer: true,
  },
  {
    key: "evaluate_every",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 50,
    sobolDimension: 16,
    unit: "steps",
    label: "Evaluation period",
    help: "steps between evaluations; the last step is always evaluated",
  },
  {
    key: "learning_rate",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0.003,
    sobolDimension: 1,
    label: "Learning rate",
    help: "what an update multiplies the gradient by, each element of it limited to ±5",
  },
  {
    key: "dropout_rate",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    maximum: 1,
    default: 0.025,
    sobolDimension: 3,
    label: "Dropout rate",
    help:
      "probability that a unit of the second hidden layer is 0 in a training step; none is scaled",
    regularizer: true,
  },
  {
    key: "pruning_rate",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0.1,
    sobolDimension: 5,
    unit: "standard deviations",
    label: "Pruning rate",
    help: "weights with |w| < pruning_rate·std(the layer's weights) become 0, and grow back",
    regularizer: true,
  },
  {
    key: "prune_period",
    trainer: "notebook",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 2500,
    sobolDimension: 6,
    unit: "steps",
    label: "Pruning period",
    help: "steps between prunings; there is none at step 0",
  },
  {
    key: "lambda_l1",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 4,
    label: "L1 lambda",
    help: "λ: adds λ/(training rows)·sign(w) to the gradient",
    regularizer: true,
  },
  {
    key: "lambda_l2",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
    sobolDimension: 2,
    label: "L2 lambda",
    help: "λ: adds λ/(training rows)·w to the gradient",
    regularizer: true,
  },
  {
    key: "max_steps",
    trainer: "notebook",
    type: "integer",
    shape: "scalar",
    minimum: 0,
    maximum: 100_000_000,
    default: 15_000,
    sobolDimension: 7,
    unit: "steps",
    label: "Last step",
    help: "the last step's number; step 0 updates the weights too, which makes one update more",
  },
  {
    key: "disp_period",
    trainer: "notebook",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 400,
    sobolDimension: 8,
    unit: "steps",
    label: "Display period",
    help: "steps between evaluations, from step 0; the last step has none unless it is a multiple",
  },
  {
    key: "init_scale",
    trainer: "notebook",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0.01,
    sobolDimension: 9,
    label: "Initial scale",
    help: "standard deviation of the initial weights and of the two biases",
  },
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
