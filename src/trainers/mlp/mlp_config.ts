import type { Config } from "../hyperparameters.ts";
import { toCamelCase } from "../to_camel_case.ts";

export type Activation = "relu" | "tanh" | "identity";

/** The `mlp` trainer's hyperparameters as the arithmetic needs them. */
export interface MlpConfig {
  /** Width of each hidden layer. */
  readonly hidden: readonly number[];
  /** One per hidden layer. */
  readonly activation: readonly Activation[];
  readonly init: "he" | "glorot" | "normal";
  readonly initScale: number;
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  /** Of sgd. */
  readonly momentum: number;
  /** Of adam, all three. */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Rows per step; Infinity for all. */
  readonly batchSize: number;
  readonly steps: number;
  /** Limit of each element of the gradient; Infinity for none. */
  readonly clipGradient: number;
  readonly l1Penalty: number;
  readonly l1Method: "gradient" | "proximal";
  readonly l2Penalty: number;
  readonly weightDecay: number;
  /** Limit of the norm of each unit's incoming weights; Infinity for none. */
  readonly maxNorm: number;
  /** Probability of dropping a unit, one per hidden layer. */
  readonly dropout: readonly number[];
  /** Share of each target that goes to all classes alike. */
  readonly labelSmoothing: number;
  /** Standard deviation of what is added to each input of a training step. */
  readonly inputNoise: number;
  readonly pruneThreshold: number;
  readonly prunePeriod: number;
  /** Evaluations in a row without a lower validation loss that end training; Infinity for never. */
  readonly earlyStopping: number;
  readonly evaluateEvery: number;
}

/** Spells a config of the hyperparameter table out: words become numbers, lists get full length. */
export function mlpConfig(config: Config): MlpConfig {
  const values = toCamelCase(config);
  const named = values as unknown as MlpConfig;
  const perLayer = (value: unknown) => Array.isArray(value) ? value : named.hidden.map(() => value);
  const limit = (value: unknown) => typeof value === "number" ? value : Infinity;
  return {
    ...named,
    activation: perLayer(values.activation),
    dropout: perLayer(values.dropout),
    batchSize: limit(values.batchSize),
    clipGradient: limit(values.clipGradient),
    maxNorm: limit(values.maxNorm),
    earlyStopping: limit(values.earlyStopping),
  };
}
