import { readDataset } from "../../src/dataset/read_dataset.ts";
import { type Config, hyperparametersOf } from "../../src/experiment/hyperparameters.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { createTrainer } from "../../src/train/create_trainer.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import type { Measurement } from "./measure.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
const STEPS = 60;
const TURNS = 8;

const CASES: Record<string, Config> = {
  "relu, relu": {},
  "relu, relu, dropout 0.2": { dropout: 0.2 },
  "relu, identity": { activation: ["relu", "identity"] },
  "relu, identity, L1": { activation: ["relu", "identity"], l1_penalty: 1e-4 },
  "relu, identity, dropout 0.025": { activation: ["relu", "identity"], dropout: [0, 0.025] },
  "relu, identity, dropout 0.2": { activation: ["relu", "identity"], dropout: [0, 0.2] },
  "tanh, tanh": { activation: "tanh" },
  "relu, relu, batches of 32": { batch_size: 32 },
};

/** A config of the `mlp` trainer: defaults but for some values. */
export function benchConfig(values: Config): Config {
  const defaults = hyperparametersOf("mlp").map((row) => [row.key, row.default]);
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
    readDataset(DIGITS, "digit"),
    loadKernelsModule(),
  ]);
  return { dataset, kernels };
}

/** Whole training steps of the default model, without evaluations but the first and the last. */
export async function measureSteps(): Promise<Measurement[]> {
  const trainer = createTrainer("mlp", await loadDigits());
  const best = new Map<string, number>();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, values] of Object.entries(CASES)) {
      const time = await stepMilliseconds(trainer, values);
      best.set(name, Math.min(best.get(name) ?? Infinity, time));
    }
  }
  return [...best].map(([name, value]) => ({
    name: `training step: ${name}`,
    value,
    unit: "ms",
  }));
}

async function stepMilliseconds(trainer: Trainer, values: Config): Promise<number> {
  const config = benchConfig({ ...values, steps: STEPS, evaluate_every: STEPS });
  const { result } = await trainer.train({ ...DIGITS_TASK, config, seed: 1 });
  return result.trainSeconds * 1000 / STEPS;
}
