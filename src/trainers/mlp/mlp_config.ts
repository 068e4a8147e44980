import type { Config, Hyperparameter, HyperparameterValue } from "../hyperparameter.ts";
import { toCamelCase } from "../to_camel_case.ts";
import { MLP_HYPERPARAMETERS, type MlpHyperparameter } from "./mlp_hyperparameters.ts";

/** `l1_penalty` as `l1Penalty`. */
type CamelCase<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key;

type Item<Row extends MlpHyperparameter> = Row extends
  { type: "word"; words: readonly (infer Word)[] } ? Word : number;

/**
 * The `mlp` trainer's hyperparameters in the form that computations use: a field per row of the
 * table.
 *
 * Words in place of a number (`all`, `none`) are Infinity; per-layer values are lists with one item
 * per hidden layer; mappings are their texts.
 */
export type MlpConfig = {
  readonly [Row in MlpHyperparameter as CamelCase<Row["key"]>]: Row["shape"] extends "scalar"
    ? Item<Row>
    : Row["shape"] extends "mapping" ? string
    : readonly Item<Row>[];
};

export type Activation = MlpConfig["activation"][number];

/** Expands a config of the hyperparameter table: words become numbers, lists get full length. */
export function mlpConfig(config: Config): MlpConfig {
  const layers = Array.from(config.hidden as readonly number[]);
  const spelledOut = (row: Hyperparameter): HyperparameterValue => {
    const value = config[row.key];
    if (row.shape === "per_layer") {
      return Array.isArray(value) ? value : layers.map(() => value as number);
    }
    const isNumber = row.type !== "word" && row.shape === "scalar";
    return isNumber && row.words && typeof value !== "number" ? Infinity : value;
  };
  const values = Object.fromEntries(MLP_HYPERPARAMETERS.map((row) => [row.key, spelledOut(row)]));
  return toCamelCase(values) as unknown as MlpConfig;
}

/**
 * Which layers have a skip connection around them: with `skip: residual`, each hidden layer that is as
 * wide as the hidden layer before it. The first hidden layer has none, nor has the output layer.
 *
 * A block is one hidden layer: y = f(x·w + b) + x.
 *
 * Source: He, Zhang, Ren and Sun, Deep residual learning for image recognition (2016), equation 1,
 * with identity shortcuts alone.
 */
export function skipsOf({ skip, hidden }: Pick<MlpConfig, "skip" | "hidden">): boolean[] {
  return [...hidden, undefined].map((width, n) => {
    return skip === "residual" && width !== undefined && width === hidden[n - 1];
  });
}
