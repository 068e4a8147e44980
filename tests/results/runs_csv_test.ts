import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Experiment } from "../../src/experiment/experiment.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { finalEvaluation } from "../../src/results/run_measures.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { readRuns, runRows, runsCsv } from "../../src/results/runs_csv.ts";
import { UserError } from "../../src/user_error.ts";
import { outcomes, sampleExperiment, sampleResult, SWEPT_KEYS } from "./_sample_outcomes.ts";

const CELLS = [
  {
    index: 0,
    name: "hidden=[64, 64]",
    technique: "hidden",
    trainer: "mlp" as const,
    config: { hidden: [64, 64], dropout: 0 },
  },
  {
    index: 1,
    name: "dropout=0.5",
    technique: "dropout",
    trainer: "mlp" as const,
    config: { hidden: [8], dropout: 0.5 },
  },
];
const EXPERIMENT = sampleExperiment(["hidden", "dropout"], CELLS);

const TEXT = `run,cell,replicate,seed,hidden,dropout,status,steps,train_loss,train_accuracy,\
validation_loss,validation_accuracy,best_validation_accuracy,best_step,sparsity,weight_l1,weight_l2,digest
a,"hidden=[64, 64]",0,1,"[64, 64]",0,completed,100,100.1,100.2,100.3,100.4,0.97,50,100.6,1234.5,1e-7,d1ge57
b,"hidden=[64, 64]",1,2,"[64, 64]",0,diverged,100,100.1,100.2,100.3,100.4,0.97,50,100.6,NaN,Infinity,d1ge57
c,dropout=0.5,0,1,[8],0.5,failed,,,,,,,,,,,
`;

function textOf(experiment: Experiment, outcomes: readonly RunOutcome[]): string {
  return runsCsv(runRows(experiment, outcomes), resultColumns(experiment));
}

Deno.test("runsCsv() writes a line per run, by cell and then by replicate", () => {
  const diverged = sampleResult({
    status: "diverged",
    measures: { "weight_l1": NaN, "weight_l2": Infinity },
  });
  const text = textOf(EXPERIMENT, [
    { key: "c", cell: CELLS[1], replicate: 0, seed: 1, failure: "worker died" },
    { key: "b", cell: CELLS[0], replicate: 1, seed: 2, result: diverged },
    { key: "a", cell: CELLS[0], replicate: 0, seed: 1, result: sampleResult() },
  ]);
  assertEquals(text, TEXT);
});

Deno.test("readRuns() gives back what runsCsv() wrote", () => {
  fc.assert(fc.property(outcomes, (outcomes) => {
    const rows = readRuns(textOf(sampleExperiment(SWEPT_KEYS, []), outcomes));
    assertEquals(
      rows,
      outcomes.map(({ key, cell, replicate, seed, result }) => {
        const row = { run: key, cell: cell.name, replicate, seed, values: cell.config };
        if (!result) return { ...row, status: "failed" as const };
        const final = finalEvaluation(result);
        const { penalty: _, ...atTheEnd } = final.measures;
        const measures = {
          steps: result.steps,
          ...atTheEnd,
          ...result.best,
          "best_step": result.bestStep,
          ...result.measures,
        };
        return { ...row, status: result.status, measures, digest: result.digest };
      }),
    );
    for (const row of rows) assertEquals(Object.keys(row.values), SWEPT_KEYS);
  }));
});

Deno.test("readRuns() tells a swept key from the measure of the same name", () => {
  const cell = {
    index: 0,
    name: "steps=200",
    technique: "steps",
    trainer: "mlp" as const,
    config: { steps: 200 },
  };
  const outcome = { key: "a", cell, replicate: 0, seed: 1, result: sampleResult({ steps: 150 }) };
  const [row] = readRuns(textOf(sampleExperiment(["steps"], [cell]), [outcome]));
  assertEquals([row.values.steps, row.measures?.steps], [200, 150]);
});

Deno.test("readRuns() reads a file that a spreadsheet saved with CR LF", () => {
  assertEquals(readRuns(TEXT.replaceAll("\n", "\r\n")), readRuns(TEXT));
});

Deno.test("readRuns() says where a file is wrong", () => {
  const wrong: [text: string, line: number | undefined, message: string][] = [
    ["", 1, "Columns must be run,cell,replicate,seed,…,status,steps,"],
    [TEXT.replace("weight_l2,", ""), 1, "Columns must be run,cell,"],
    [TEXT.replace(",diverged", ""), 3, "Line must have 18 fields, not 17"],
    [TEXT.replace("diverged", "gone"), 3, 'Cannot use "gone" as status: it must be completed,'],
    [TEXT.replace("1e-7", "small"), 2, 'Cannot use "small" as weight_l2: it is not a number'],
    [TEXT.replace("dropout=0.5", '"dropout'), undefined, "Syntax error on line 4"],
  ];
  for (const [text, line, message] of wrong) {
    const error = assertThrows(() => readRuns(text), UserError, message);
    assertEquals(error.problems[0].place, line ? { file: "runs.csv", line } : { file: "runs.csv" });
  }
});

Deno.test("runs.csv has a column of folds where there are some", () => {
  const [cell] = CELLS;
  const outcomesOfFolds = [1, 2].map((fold): RunOutcome => {
    const run = { key: `k${fold}`, cell, replicate: fold - 1, seed: 5, fold };
    return fold === 1 ? { ...run, result: sampleResult() } : { ...run, failure: "lost" };
  });
  const text = textOf(EXPERIMENT, outcomesOfFolds);
  assertEquals(
    text.split("\n", 1)[0].slice(0, 46),
    "run,cell,replicate,seed,fold,hidden,dropout,st",
  );
  const rows = readRuns(text);
  assertEquals(rows, runRows(EXPERIMENT, outcomesOfFolds));
  assertEquals(rows.map(({ seed, fold }) => [seed, fold]), [[5, 1], [5, 2]]);
  assertThrows(() => readRuns(text.replace("5,1,", "5,,")), UserError, 'Cannot use "" as fold');
});
