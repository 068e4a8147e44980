import { readDataset } from "../../src/dataset/read_dataset.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;

/** A config of the `mlp` trainer: defaults but for some values. */
export function benchConfig(values: Config): Config {
  const defaults = BUILT_IN.named("mlp").hyperparameters.map((row) => [row.key, row.default]);
  return { ...Object.fromEntries(defaults), ...values };
}

/** What a run on the digits needs beside its config and seed. */
export const DIGITS_TASK = {
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "global",
} as const;

/** Everything that trains on the digits. */
export async function loadDigits() {
  const [dataset, kernels] = await Promise.all([
    readDataset(DIGITS, { target: "digit" }),
    loadKernelsModule(),
  ]);
  return { dataset, kernels };
}
