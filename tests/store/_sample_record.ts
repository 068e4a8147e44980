import { type RunIdentity, runKey } from "../../src/store/run_key.ts";
import type { RunRecord } from "../../src/store/run_record.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";

const IDENTITY: RunIdentity = {
  trainer: "mlp",
  version: 1,
  dataset: "592cc047",
  target: "NaN",
  standardize: "global",
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  config: { hidden: [64, 64], "l1_penalty": 1e-5 },
  seed: 1,
};

const RESULT: RunResult = {
  status: "completed",
  steps: 50,
  evaluations: [0, 50].map((step) => ({
    step,
    measures: {
      "train_loss": 2.3025 / (step + 1),
      "train_accuracy": 0.1,
      "validation_loss": 2.31,
      "validation_accuracy": 1 / 3,
      penalty: 1e-7,
      sparsity: 0,
    },
  })),
  measures: { "weight_l1": 1234.5, "weight_l2": 12.25 },
  bestStep: 0,
  best: { "best_validation_accuracy": 1 / 3 },
  histograms: [{ minimum: -1, maximum: 1.5, counts: Array.from({ length: 16 }, (_, bin) => bin) }],
  digest: "d1ge57",
  trainSeconds: 0.25,
};

/** A record of one seed, with some of its result replaced. */
export function sampleRecord(seed: number, result: Partial<RunResult> = {}): RunRecord {
  const identity = { ...IDENTITY, seed };
  return { key: runKey(identity), identity, result: { ...RESULT, ...result } };
}
