import fc from "fast-check";
import { Document } from "yaml";
import type { Cell, DatasetOptions, Experiment } from "../../src/experiment/experiment.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import type { Evaluation, RunResult } from "../../src/trainers/run_result.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";

export const SAMPLE_DATASET: DatasetOptions = {
  path: "digits.csv",
  target: "digit",
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "global",
};

/** An experiment of these cells, with only what the CSV files need in it. */
export function sampleExperiment(sweptKeys: string[], cells: Cell[]): Experiment {
  return {
    name: "sample",
    description: "",
    file: "sample.yaml",
    dataset: SAMPLE_DATASET,
    trainers: BUILT_IN,
    sweptKeys,
    fixed: {},
    cells: Object.assign([...cells], {
      indexOfConfig: () => -1,
      valueAt: (index: number, key: string) => cells[index].config[key],
    }),
    duplicates: 0,
    outline: { trainers: ["mlp"], extends: [], grid: [], exclude: [], only: [] },
    seeds: [1, 2],
    baseline: 0,
    task: "classification",
    metric: "validation_accuracy",
    equivalence: 0.005,
    scope: "new_data",
    launcher: {},
    places: {
      dataset: { file: "sample.yaml" },
      split: { file: "sample.yaml" },
      of: () => ({ file: "sample.yaml" }),
      ofValue: () => ({ file: "sample.yaml" }),
    },
    document: new Document({}),
  };
}

/** A result whose every measure is a number of its own. */
export function sampleResult(changes: Partial<RunResult> = {}): RunResult {
  return {
    status: "completed",
    steps: 100,
    evaluations: [sampleEvaluation(0), sampleEvaluation(100)],
    measures: { "weight_l1": 1234.5, "weight_l2": 1e-7 },
    bestStep: 50,
    best: { "best_validation_accuracy": 0.97 },
    histograms: [],
    digest: "d1ge57",
    trainSeconds: 1.5,
    ...changes,
  };
}

export function sampleEvaluation(step: number): Evaluation {
  return {
    step,
    measures: {
      "train_loss": step + 0.1,
      "train_accuracy": step + 0.2,
      "validation_loss": step + 0.3,
      "validation_accuracy": step + 0.4,
      penalty: step + 0.5,
      sparsity: step + 0.6,
    },
  };
}

const measure = fc.double();
const evaluation = fc.record({
  step: fc.nat(),
  measures: fc.record({
    "train_loss": measure,
    "train_accuracy": measure,
    "validation_loss": measure,
    "validation_accuracy": measure,
    penalty: measure,
    sparsity: measure,
  }),
});
const result = fc.record({
  status: fc.constantFrom("completed" as const, "diverged" as const),
  steps: fc.nat(),
  evaluations: fc.array(evaluation, { minLength: 1, maxLength: 3 }),
  measures: fc.record({ "weight_l1": measure, "weight_l2": measure }),
  bestStep: fc.nat(),
  best: fc.record({ "best_validation_accuracy": measure }),
  histograms: fc.constant([]),
  digest: fc.stringMatching(/^[0-9a-f]{8}$/),
  trainSeconds: measure,
});

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const config = fc.record({
  activation: fc.constantFrom("relu", "tanh"),
  dropout: fc.oneof(number, fc.array(number)),
  "l1_penalty": number,
});

/** Swept keys of the cells that `outcomes` draws. */
export const SWEPT_KEYS = ["activation", "dropout", "l1_penalty"];

/** Outcomes of an experiment, in its order; some failed. */
export const outcomes: fc.Arbitrary<RunOutcome[]> = fc
  .array(fc.record({ config, results: fc.array(fc.option(result), { maxLength: 3 }) }))
  .map((cells) =>
    cells.flatMap(({ config, results }, index) =>
      results.map((result, replicate) => ({
        key: `key${index}-${replicate}`,
        cell: {
          index,
          name: `l1_penalty=${index}, "quoted"`,
          technique: "",
          trainer: "mlp" as const,
          config,
        },
        replicate,
        seed: replicate + 1,
        ...result ? { result } : { failure: "worker died" },
      }))
    )
  );
