import { assertEquals } from "@std/assert";
import { firstToMeasure, pacesOf } from "../../../src/sweep/plan/survey_runs.ts";
import { ownTrainer } from "../../../src/trainers/own_trainer.ts";
import { BUILT_IN, Trainers } from "../../../src/trainers/trainers.ts";
import { plannedRuns } from "../_planned_runs.ts";
import { runResult } from "../_run_result.ts";

const PROGRAMS = ["p", "q"].map((name) =>
  ownTrainer({
    ...{ kind: "program", name, version: "1", tasks: [], hyperparameters: [] },
    ...{ command: [name], folder: "/", files: [], env: {}, retries: 0, deterministic: true },
  })
);
const TRAINERS = new Trainers([...BUILT_IN.all, ...PROGRAMS]);

/** Runs of some trainers. */
function runsOf(...names: string[]) {
  return plannedRuns(names.map(() => ({}))).map((run, index) => {
    return { ...run, cell: { ...run.cell, trainer: names[index] }, flops: 100 };
  });
}

Deno.test("pacesOf() tells programs from each other and from trainers whose work is counted", () => {
  const runs = runsOf("p", "p", "mlp", "q", "mlp");
  const seconds = [10, 30, 1, undefined, 3];
  const records = runs.map((run, index) => {
    const trainSeconds = seconds[index];
    return trainSeconds === undefined
      ? undefined
      : { ...run, result: { ...runResult(index), trainSeconds } };
  });
  assertEquals(pacesOf(runs, records, TRAINERS), {
    secondsPerFlop: 4 / 200,
    programPaces: new Map([["p", 40 / 200]]),
  });
});

Deno.test("firstToMeasure() takes a program's run only if there is no other", () => {
  const runs = runsOf("p", "q", "mlp", "p");
  assertEquals(firstToMeasure(runs, TRAINERS), runs[2]);
  assertEquals(firstToMeasure(runs.slice(0, 2), TRAINERS), runs[0]);
  assertEquals(firstToMeasure([], TRAINERS), undefined);
});
