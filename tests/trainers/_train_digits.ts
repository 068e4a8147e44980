import { readDataset } from "../../src/dataset/read_dataset.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { configWith } from "./_model_fixture.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;

export const dataset = await readDataset(DIGITS, { target: "digit" });
const trainMlp = await BUILT_IN.named("mlp").load({
  kernels: await loadKernelsModule(),
  dataset,
});

/** What a run on the digits needs beside its config. */
export const DIGITS_TASK = {
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "global" as const,
  seed: 3,
};

/** A small network; evaluations often enough for a short run. */
const SMALL: Config = { hidden: [24, 16], steps: 30, evaluate_every: 10 };

/** The config of a short run on the digits. */
export function digitsConfig(values: Config): Config {
  return configWith({ ...SMALL, ...values });
}

/** Trains a short run on the digits. */
export function trainDigits(values: Config) {
  return trainMlp({ ...DIGITS_TASK, config: digitsConfig(values) });
}
