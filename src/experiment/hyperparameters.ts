/** The trainers, by the names they have in experiment files. */
export const TRAINERS = ["mlp"] as const;
export type TrainerName = typeof TRAINERS[number];

/** The trainer that an experiment names; the default if that is none of them. */
export function trainerNamed(name: unknown): TrainerName {
  return TRAINERS.find((trainer) => trainer === name) ?? "mlp";
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
    label: "Initial scale",
    help: "standard deviation of the initial weights where init is normal",
  },
  {
    key: "learning_rate",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    exclusiveMinimum: 0,
    default: 0.1,
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
    label: "Momentum",
    help: "share of the last update's velocity that is kept: v = momentum·v + gradient",
  },
  {
    key: "batch_size",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    words: ["all"],
    minimum: 1,
    default: "all",
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
    label: "L1 penalty",
    help: "λ: adds λ·Σ|w| to the mean loss",
    regularizer: true,
  },
  {
    key: "l2_penalty",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
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
    label: "Weight decay",
    help: "λ, decoupled from the gradient: each update also takes learning_rate·λ·w from w",
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
    label: "Dropout",
    help: "probability that a hidden unit is dropped in a training step",
    regularizer: true,
  },
  {
    key: "prune_threshold",
    trainer: "mlp",
    type: "number",
    shape: "scalar",
    minimum: 0,
    default: 0,
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
    unit: "steps",
    label: "Pruning period",
    help: "steps between prunings; there is none at step 0 nor after the last update",
  },
  {
    key: "evaluate_every",
    trainer: "mlp",
    type: "integer",
    shape: "scalar",
    minimum: 1,
    default: 50,
    unit: "steps",
    label: "Evaluation period",
    help: "steps between evaluations; the last step is always evaluated",
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
