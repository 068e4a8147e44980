import { type Config, toCamelCase } from "../experiment/hyperparameters.ts";

export type Activation = "relu" | "tanh" | "identity";

/** The `mlp` trainer's hyperparameters as the arithmetic needs them. */
export interface MlpConfig {
  /** Width of each hidden layer. */
  readonly hidden: readonly number[];
  /** One per hidden layer. */
  readonly activation: readonly Activation[];
  readonly init: "he" | "glorot" | "normal";
  readonly initScale: number;
  readonly learningRate: number;
  readonly momentum: number;
  /** Rows per step; Infinity for all. */
  readonly batchSize: number;
  readonly steps: number;
  /** Limit of each element of the gradient; Infinity for none. */
  readonly clipGradient: number;
  readonly l1Penalty: number;
  readonly l2Penalty: number;
  readonly weightDecay: number;
  /** Probability of dropping a unit, one per hidden layer. */
  readonly dropout: readonly number[];
  readonly pruneThreshold: number;
  readonly prunePeriod: number;
  readonly evaluateEvery: number;
}

/** Spells a config of the hyperparameter table out: words become numbers, lists get full length. */
export function mlpConfig(config: Config): MlpConfig {
  const named = toCamelCase(config) as unknown as MlpConfig;
  const { hidden, activation, batchSize, clipGradient, dropout } = toCamelCase(config);
  const perLayer = (value: unknown) =>
    Array.isArray(value) ? value : (hidden as number[]).map(() => value);
  return {
    ...named,
    activation: perLayer(activation),
    dropout: perLayer(dropout),
    batchSize: batchSize === "all" ? Infinity : named.batchSize,
    clipGradient: clipGradient === "none" ? Infinity : named.clipGradient,
  };
}
