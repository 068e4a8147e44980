import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { curveRows } from "../../src/results/curves_csv.ts";
import {
  type RunDifference,
  runDifference,
  type RunRows,
} from "../../src/results/run_difference.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import type { Evaluation, RunResult } from "../../src/trainers/run_result.ts";
import { outcomes, sampleEvaluation, sampleExperiment, sampleResult } from "./_sample_outcomes.ts";

const CELL = { index: 0, name: "all", technique: "all", trainer: "mlp" as const, config: {} };
const EXPERIMENT = sampleExperiment([], [CELL]);

/** The lines of a run with this result; without one, of a run that failed. */
function rowsOf(result?: RunResult): RunRows {
  const outcome = { key: "key", cell: CELL, replicate: 0, seed: 1, result };
  const [row] = runRows(EXPERIMENT, [outcome]);
  return { row, curve: curveRows(EXPERIMENT, [outcome]) };
}

function withEvaluations(...evaluations: RunResult["evaluations"]): RunRows {
  return rowsOf(sampleResult({ evaluations }));
}

function withMeasures({ step, measures }: Evaluation, changes: Evaluation["measures"]): Evaluation {
  return { step, measures: { ...measures, ...changes } };
}

const [FIRST, LAST] = [sampleEvaluation(0), sampleEvaluation(100)];
const COMPLETE = withEvaluations(FIRST, LAST);

Deno.test("runDifference() finds nothing between equal results", () => {
  fc.assert(fc.property(outcomes, (outcomes) => {
    for (const { result } of outcomes) {
      const rows = rowsOf(result);
      assertEquals(runDifference(rows, structuredClone(rows)), undefined);
    }
  }));
});

Deno.test("runDifference() does not look at what a run is called", () => {
  const { row, curve } = COMPLETE;
  const renamed = { ...row, cell: "other", replicate: 7 };
  assertEquals(runDifference(COMPLETE, { row: renamed, curve }), undefined);
});

Deno.test("runDifference() names columns and the first step that differs", () => {
  const cases: [name: string, other: RunRows, expected: RunDifference][] = [
    [
      "a measure of the run",
      rowsOf(sampleResult({ measures: { "weight_l1": 1234.5, "weight_l2": NaN } })),
      {
        columns: [{ column: "weight_l2", fields: ["1e-7", "NaN"] }],
        curve: undefined,
      },
    ],
    ["a digest", rowsOf(sampleResult({ digest: "other" })), {
      columns: [{ column: "digest", fields: ["d1ge57", "other"] }],
      curve: undefined,
    }],
    [
      "a measure on the way",
      withEvaluations(withMeasures(FIRST, { penalty: 0, sparsity: 0 }), LAST),
      {
        columns: [],
        curve: {
          step: 0,
          columns: [
            { column: "penalty", fields: ["0.5", "0"] },
            { column: "sparsity", fields: ["0.6", "0"] },
          ],
        },
      },
    ],
    [
      "a measure of the last step",
      withEvaluations(FIRST, withMeasures(LAST, { "train_loss": Infinity })),
      {
        columns: [{ column: "train_loss", fields: ["100.1", "Infinity"] }],
        curve: { step: 100, columns: [{ column: "train_loss", fields: ["100.1", "Infinity"] }] },
      },
    ],
  ];
  for (const [name, other, expected] of cases) {
    assertEquals(runDifference(COMPLETE, other), expected, name);
  }
});

Deno.test("runDifference() counts a step that one of them lacks as the first that differs", () => {
  const between = withEvaluations(FIRST, sampleEvaluation(50), LAST);
  for (
    const [a, b, fields] of [
      [COMPLETE, between, ["", "50.1"]],
      [between, COMPLETE, ["50.1", ""]],
    ] as const
  ) {
    const { columns = [], curve } = runDifference(a, b) ?? {};
    assertEquals([columns, curve?.step], [[], 50]);
    assertEquals(curve?.columns[0], { column: "train_loss", fields });
  }
});

Deno.test("runDifference() tells a run that failed from one that did not", () => {
  const { columns = [], curve } = runDifference(rowsOf(), COMPLETE) ?? {};
  assertEquals(columns[0], { column: "status", fields: ["failed", "completed"] });
  assertEquals(columns.at(-1), { column: "digest", fields: ["", "d1ge57"] });
  assertEquals(curve?.step, 0);
  assertEquals(runDifference(rowsOf(), rowsOf()), undefined);
});
