import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { curveRows, curvesCsv, readCurves } from "../../src/results/curves_csv.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { UserError } from "../../src/user_error.ts";
import { outcomes, sampleExperiment, sampleResult } from "./_sample_outcomes.ts";

const CELLS = [0, 1].map((index) => ({
  index,
  name: `cell ${index}`,
  technique: "",
  trainer: "mlp" as const,
  config: {},
}));
const TEXT =
  `run,step,train_loss,train_accuracy,validation_loss,validation_accuracy,penalty,sparsity
a,0,0.1,0.2,0.3,0.4,0.5,0.6
a,100,100.1,100.2,100.3,100.4,100.5,100.6
b,0,NaN,0,Infinity,1e-7,0,1
`;

const EXPERIMENT = sampleExperiment([], CELLS);

function textOf(outcomes: readonly RunOutcome[]): string {
  return curvesCsv(curveRows(EXPERIMENT, outcomes), resultColumns(EXPERIMENT));
}

Deno.test("curvesCsv() writes a line per evaluation, runs in the order of runs.csv", () => {
  const evaluation = {
    step: 0,
    measures: {
      "train_loss": NaN,
      "train_accuracy": -0,
      "validation_loss": Infinity,
      "validation_accuracy": 1e-7,
      penalty: 0,
      sparsity: 1,
    },
  };
  const text = textOf([
    { key: "c", cell: CELLS[1], replicate: 1, seed: 2, failure: "worker died" },
    {
      key: "b",
      cell: CELLS[1],
      replicate: 0,
      seed: 1,
      result: sampleResult({ evaluations: [evaluation] }),
    },
    { key: "a", cell: CELLS[0], replicate: 0, seed: 1, result: sampleResult() },
  ]);
  assertEquals(text, TEXT);
});

Deno.test("readCurves() gives back what curvesCsv() wrote", () => {
  fc.assert(fc.property(outcomes, (outcomes) => {
    const expected = outcomes.flatMap(({ key, result }) =>
      (result?.evaluations ?? []).map((evaluation) => ({
        run: key,
        step: evaluation.step,
        measures: evaluation.measures,
      }))
    );
    assertEquals(readCurves(textOf(outcomes)), expected);
  }));
});

Deno.test("readCurves() says where a file is wrong", () => {
  assertThrows(
    () => readCurves(TEXT.replace("step", "epoch")),
    UserError,
    "Columns must be run,step,",
  );
  const error = assertThrows(() => readCurves(TEXT.replace("100.5", "x")), UserError, "penalty");
  assertEquals(error.problems[0].place, { file: "curves.csv", line: 3 });
});
