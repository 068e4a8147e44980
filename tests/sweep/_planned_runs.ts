import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { HyperparameterValue } from "../../src/trainers/hyperparameter.ts";

/** One run per config, with seeds 0, 1, … */
export function plannedRuns(
  configs: readonly Readonly<Record<string, HyperparameterValue>>[],
): PlannedRun[] {
  const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
  return configs.map((config, seed) => ({
    key: seed.toString(16).padStart(64, "0"),
    identity: {
      trainer: "mlp",
      version: 1,
      dataset: "checksum",
      target: "class",
      standardize: "global",
      split,
      config,
      seed,
    },
    cell: { index: seed, name: `cell ${seed}`, technique: "all", trainer: "mlp", config },
    replicate: 0,
    task: { trainer: "mlp", config, seed, split, standardize: "global" },
    measures: ["loss", "accuracy"],
    flops: 1,
    ...typeof config.steps === "number" && { mostSteps: config.steps },
  }));
}
