import fc from "fast-check";
import { Document } from "yaml";
import type { Cell, Experiment } from "../../src/experiment/experiment.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import type { Evaluation, RunResult } from "../../src/trainers/run_result.ts";

/** An experiment of these cells, with only what the CSV files need in it. */
export function sampleExperiment(sweptKeys: string[], cells: Cell[]): Experiment {
  return {
    name: "sample",
    description: "",
    file: "sample.yaml",
    dataset: {
      path: "digits.csv",
      target: "digit",
      split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
      standardize: "global",
    },
    sweptKeys,
    fixed: {},
    cells: Object.assign([...cells], { indexOfConfig: () => -1 }),
    duplicates: 0,
    outline: { trainers: ["mlp"], extends: [], grid: [], exclude: [], only: [] },
    seeds: [1, 2],
    baseline: 0,
    metric: "validation_accuracy",
    equivalence: 0.005,
    launcher: {},
    document: new Document({}),
  };
}

/** A result whose every figure is a number of its own. */
export function sampleResult(changes: Partial<RunResult> = {}): RunResult {
  return {
    status: "completed",
    steps: 100,
    evaluations: [sampleEvaluation(0), sampleEvaluation(100)],
    bestStep: 50,
    bestValidationAccuracy: 0.97,
    weightL1: 1234.5,
    weightL2: 1e-7,
    histograms: [],
    digest: "d1ge57",
    trainSeconds: 1.5,
    ...changes,
  };
}

export function sampleEvaluation(step: number): Evaluation {
  return {
    step,
    trainLoss: step + 0.1,
    trainAccuracy: step + 0.2,
    validationLoss: step + 0.3,
    validationAccuracy: step + 0.4,
    penalty: step + 0.5,
    sparsity: step + 0.6,
  };
}

const figure = fc.double();
const evaluation = fc.record({
  step: fc.nat(),
  trainLoss: figure,
  trainAccuracy: figure,
  validationLoss: figure,
  validationAccuracy: figure,
  penalty: figure,
  sparsity: figure,
});
const result = fc.record({
  status: fc.constantFrom("completed" as const, "diverged" as const),
  steps: fc.nat(),
  evaluations: fc.array(evaluation, { minLength: 1, maxLength: 3 }),
  bestStep: fc.nat(),
  bestValidationAccuracy: figure,
  weightL1: figure,
  weightL2: figure,
  histograms: fc.constant([]),
  digest: fc.stringMatching(/^[0-9a-f]{8}$/),
  trainSeconds: figure,
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
