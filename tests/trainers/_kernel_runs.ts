import type { Dataset } from "../../src/dataset/dataset.ts";
import type { Kernels, Precision } from "../../src/kernels/kernels.ts";
import { sha256 } from "../../src/sha256.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { trainMlp } from "../../src/trainers/mlp/train_mlp.ts";
import { notebookConfig } from "../../src/trainers/notebook/notebook_config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { numericDataset } from "../_numeric_dataset.ts";
import { GOLDEN } from "./_golden_runs.ts";
import { configWith, numbers } from "./_model_fixture.ts";
import { OF_CLASSES, TECHNIQUES } from "./mlp/_techniques.ts";
import { runNotebook } from "./notebook/_run_notebook.ts";
import { dataset as digits, DIGITS_TASK, digitsConfig } from "./_train_digits.ts";

/** A whole run with kernels that the run alone uses. */
export interface KernelRun {
  readonly name: string;
  readonly precision: Precision;
  /** Gives a checksum of all that is learned, and of all that is measured. */
  readonly digest: (kernels: Kernels) => Promise<string>;
}

const NOTEBOOK: readonly Config[] = [
  {},
  { lambda_l1: 0.1, lambda_l2: 0.1, dropout_rate: 0.2 },
  { dropout_rate: 0.01, pruning_rate: 0.5, prune_period: 2 },
];

/** Runs of each trainer with everything that it can do, in each precision and task. */
export const KERNEL_RUNS: readonly KernelRun[] = [
  ...GOLDEN.map(({ values }): KernelRun => ({
    name: `mlp on the digits: ${JSON.stringify(values)}`,
    precision: "f32",
    digest: (kernels) => digestOf(kernels, digits, digitsConfig(values)),
  })),
  ...Object.entries({ ...TECHNIQUES, ...OF_CLASSES }).map(([name, values]): KernelRun => ({
    name: `mlp in float64: ${name}`,
    precision: "f64",
    digest: (kernels) => digestOf(kernels, madeUp(3), smallConfig(values)),
  })),
  ...Object.entries(TECHNIQUES).map(([name, values], index): KernelRun => ({
    name: `mlp of a quantity: ${name}`,
    precision: "f32",
    digest: (kernels) => {
      const loss = index % 2 === 0 ? "squared" : "huber";
      return digestOf(kernels, madeUp(1), smallConfig({ ...values, loss }));
    },
  })),
  ...NOTEBOOK.map((values): KernelRun => ({
    name: `notebook: ${JSON.stringify(values)}`,
    precision: "f64",
    digest: (kernels) => notebookDigest(kernels, values),
  })),
];

async function digestOf(kernels: Kernels, dataset: Dataset, config: Config): Promise<string> {
  const { result } = await trainMlp(kernels, dataset, { ...DIGITS_TASK, config });
  return result.digest;
}

function smallConfig(values: Config): Config {
  return configWith({
    hidden: [13, 6],
    steps: 12,
    evaluate_every: 4,
    learning_rate: 0.1,
    ...values,
  });
}

/** Rows of classes, or of a quantity if `classes` is 1. */
function madeUp(classes: number): Dataset {
  const [rows, columns] = [150, 7];
  const values = numbers(rows * columns, 7);
  return numericDataset({
    rows,
    columns,
    classes,
    checksum: "made up",
    valueAt: (row, column) => values[row * columns + column] + row % 3,
    ...classes === 1 && { targetAt: (row: number) => 5 * values[row * columns] + row % 3 },
  });
}

async function notebookDigest(kernels: Kernels, values: Config): Promise<string> {
  const notebook = BUILT_IN.named("notebook");
  const config = notebookConfig(
    resolveConfig(notebook, { max_steps: 4, disp_period: 2, ...values }),
  );
  const lines: string[] = [];
  const { wxh0, whh1, why, b0, b1 } = runNotebook(
    kernels,
    { dataset: digits, config, seed: 1337 },
    { print: (line) => lines.push(line) },
  );
  const learned = [...wxh0.values, ...whh1.values, ...why.values, b0, b1];
  return await sha256(JSON.stringify([...learned.map(String), lines]));
}
