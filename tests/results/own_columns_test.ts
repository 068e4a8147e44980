import { assertEquals } from "@std/assert";
import { resultColumns } from "../../src/results/result_columns.ts";
import type { RunOutcome } from "../../src/results/run_outcome.ts";
import { readRuns, runRows, runsCsv } from "../../src/results/runs_csv.ts";
import { WITH_TIMER } from "../trainers/_own_timer.ts";
import { sampleExperiment, sampleResult } from "./_sample_outcomes.ts";

const METRIC = { key: "seconds", better: "smaller" } as const;

function cellOf(index: number, trainer: string) {
  return { index, name: `cell ${index}`, technique: "", trainer, config: {} };
}

function outcomeOf(index: number, trainer: string, measures?: Record<string, number>): RunOutcome {
  const run = { key: `k${index}`, cell: cellOf(index, trainer), replicate: 0, seed: 1 };
  if (!measures) return { ...run, failure: "lost" };
  const evaluations = [0, 5].map((step) => ({ step, measures }));
  const result = { evaluations, best: {}, measures: {}, steps: 5, bestStep: 5 };
  return { ...run, result: sampleResult(trainer === "timer" ? result : {}) };
}

function experimentOf(outcomes: readonly RunOutcome[], hasDataset: boolean) {
  const experiment = sampleExperiment([], outcomes.map(({ cell }) => cell));
  const trainers = [...new Set(outcomes.map(({ cell }) => cell.trainer))];
  const { dataset: _, task: __, ...others } = experiment;
  return {
    ...hasDataset ? experiment : others,
    trainers: WITH_TIMER,
    outline: { ...experiment.outline, trainers },
    metric: METRIC,
  };
}

Deno.test("resultColumns() has what own trainers measure, the metric first, and nothing else", () => {
  const outcomes = [
    outcomeOf(0, "timer"),
    outcomeOf(1, "timer", { "peak_memory": 3, seconds: 1 }),
    outcomeOf(2, "timer", { seconds: 2, "validation_macro_f1": 0.5 }),
  ];
  const experiment = experimentOf(outcomes, false);
  const { runs, curves, test } = resultColumns(experiment, { outcomes });
  assertEquals(runs, ["seconds", "peak_memory", "validation_macro_f1"]);
  assertEquals([curves, test], [runs, []]);
  // The order in which runs end changes nothing.
  assertEquals(resultColumns(experiment, { outcomes: outcomes.toReversed() }).runs, runs);

  const text = runsCsv(runRows(experiment, outcomes), resultColumns(experiment, { outcomes }));
  assertEquals(
    text,
    "run,cell,replicate,seed,status,steps,seconds,peak_memory,validation_macro_f1,digest\n" +
      "k0,cell 0,0,1,failed,,,,,\n" +
      "k1,cell 1,0,1,completed,5,1,3,,d1ge57\n" +
      "k2,cell 2,0,1,completed,5,2,,0.5,d1ge57\n",
  );
});

Deno.test("resultColumns() keeps the columns of regsweep's trainers beside own measures", () => {
  const outcomes = [outcomeOf(0, "mlp", {}), outcomeOf(1, "timer", { seconds: 2 })];
  const experiment = experimentOf(outcomes, true);
  const alone = experimentOf(outcomes.slice(0, 1), true);
  const { runs } = resultColumns(experiment, { outcomes });
  assertEquals(runs, [...resultColumns(alone).runs, "seconds"]);
});

Deno.test("readRuns() leaves out a measure that a run's trainer does not give", () => {
  const outcomes = [
    outcomeOf(0, "timer", { "validation_accuracy": 0.5, seconds: 1 }),
    outcomeOf(1, "timer", { seconds: 2 }),
  ];
  const experiment = experimentOf(outcomes, false);
  const text = runsCsv(runRows(experiment, outcomes), resultColumns(experiment, { outcomes }));
  assertEquals(readRuns(text)[1].measures, { steps: 5, seconds: 2 });
});
