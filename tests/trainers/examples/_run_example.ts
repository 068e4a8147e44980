import { learnPreparation, rowWriter } from "../../../src/dataset/preparation.ts";
import type { Standardization } from "../../../src/dataset/preparation_options.ts";
import { readDataset } from "../../../src/dataset/read_dataset.ts";
import type { OwnConfig, OwnData, OwnModel, OwnRun, TrainerDefinition } from "../../../src/mod.ts";
import { randomStream } from "../../../src/random_stream.ts";

/** The tables of the fixtures: their files and target columns. */
const TABLES: Readonly<Record<string, { file: string; target: string | number }>> = {
  diabetes: { file: "diabetes.tab.txt", target: "Y" },
  digits: { file: "digits.csv", target: "digit" },
  thyroid: { file: "thyroid-train.data", target: -1 },
  wine: { file: "wine.data", target: 1 },
};

/**
 * Reads a table and prepares its rows. Every fifth one is for validation, from the fifth on, and the
 * others are for training.
 *
 * @param most The number of rows for validation, if there are more.
 */
export async function tableData(
  name: string,
  standardize: Standardization,
  most = Infinity,
): Promise<OwnData> {
  const { file, target } = TABLES[name];
  const path = new URL(`../../../data/${file}`, import.meta.url).pathname;
  const dataset = await readDataset(path, { target });
  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const train = all.filter((row) => row % 5 !== 4);
  const validation = all.filter((row) => row % 5 === 4).slice(0, most);
  const { columns, featureNames, classes } = dataset;
  const write = rowWriter(dataset, learnPreparation(dataset, train, { standardize }));
  const rowsOf = (rows: Int32Array) => {
    const x = new Float64Array(rows.length * columns);
    rows.forEach((row, at) => write(row, x, at * columns, 1));
    return { x, y: Float64Array.from(rows, (row) => dataset.targets[row]), rows: rows.length };
  };
  return {
    train: rowsOf(train),
    validation: rowsOf(validation),
    features: columns,
    featureNames,
    classes,
  };
}

/** A run of an example. */
export interface ExampleRun {
  /** Each evaluation's predictions of the validation rows. */
  readonly curve: readonly { readonly step: number; readonly predictions: Float64Array }[];
  readonly parameters: NonNullable<OwnModel["parameters"]>;
}

/** An example, whatever its hyperparameters are. */
export type Example = Pick<TrainerDefinition, "name" | "hyperparameters"> & {
  train(run: OwnRun<never>): ReturnType<TrainerDefinition["train"]>;
};

/** Trains an example, with the hyperparameters that `config` lacks at their defaults. */
export async function runExample(
  { train, hyperparameters = {} }: Example,
  data: OwnData,
  config: Readonly<Record<string, OwnConfig[string] | undefined>>,
  seed = 1,
): Promise<ExampleRun> {
  const defaults = Object.entries(hyperparameters).map(([key, row]) => [key, row.default]);
  const training = train({
    config: { ...Object.fromEntries(defaults), ...config } as never,
    seed,
    data,
    random: (use) => randomStream(`${seed}/${use}`),
    math: Math,
  });
  const curve: { step: number; predictions: Float64Array }[] = [];
  const { x, rows } = data.validation;
  for (;;) {
    const { done, value } = await training.next();
    if (done) return { curve, parameters: value?.parameters ?? {} };
    if (value.predict === undefined) throw new TypeError("An example predicts nothing");
    curve.push({ step: value.step, predictions: Float64Array.from(value.predict(x, rows)) });
  }
}

/** The values of a run's parameter. */
export function valuesOf({ parameters }: ExampleRun, name: string): readonly number[] {
  const parameter = parameters[name];
  return [..."shape" in parameter ? parameter.values : parameter];
}

/** The share of validation rows whose class is the most probable one. */
export function accuracy(
  predictions: Float64Array,
  { validation: { y, rows }, classes: { length: classes } }: Pick<
    OwnData,
    "validation" | "classes"
  >,
): number {
  const isRight = (label: number, row: number) => {
    const own = predictions.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own)) === label;
  };
  return y.filter(isRight).length / rows;
}
