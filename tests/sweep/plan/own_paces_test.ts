import { assertEquals } from "@std/assert";
import { firstToMeasure, pacesOf } from "../../../src/sweep/plan/survey_runs.ts";
import { ownTrainer } from "../../../src/trainers/own_trainer.ts";
import { BUILT_IN, Trainers } from "../../../src/trainers/trainers.ts";
import { plannedRuns } from "../_planned_runs.ts";
import { runResult } from "../_run_result.ts";

const DESCRIBED = { version: "1", tasks: [], hyperparameters: [], files: [] };
const OWN = [
  ownTrainer({
    ...{ ...DESCRIBED, kind: "program", name: "p" },
    ...{ command: ["p"], folder: "/", env: {}, retries: 0, deterministic: true },
  }),
  ownTrainer({ ...DESCRIBED, kind: "module", name: "m", folder: "/", packages: [], allow: [] }),
  ownTrainer({ ...DESCRIBED, kind: "module", name: "q", folder: "/", packages: [], allow: [] }),
];
const TRAINERS = new Trainers([...BUILT_IN.all, ...OWN]);

/** Runs of some trainers. */
function runsOf(...names: string[]) {
  return plannedRuns(names.map(() => ({}))).map((run, index) => {
    return { ...run, cell: { ...run.cell, trainer: names[index] }, flops: 100 };
  });
}

Deno.test("pacesOf() tells own trainers from each other and from those whose work is counted", () => {
  const runs = runsOf("p", "p", "mlp", "q", "mlp", "m");
  const seconds = [10, 30, 1, undefined, 3, 5];
  const records = runs.map((run, index) => {
    const trainSeconds = seconds[index];
    return trainSeconds === undefined
      ? undefined
      : { ...run, result: { ...runResult(index), trainSeconds } };
  });
  assertEquals(pacesOf(runs, records, TRAINERS), {
    secondsPerFlop: 4 / 200,
    ownPaces: new Map([["p", 40 / 200], ["m", 5 / 100]]),
  });
});

Deno.test("firstToMeasure() takes an own trainer's run only if there is no other", () => {
  const runs = runsOf("p", "m", "mlp", "p");
  assertEquals(firstToMeasure(runs, TRAINERS), runs[2]);
  assertEquals(firstToMeasure(runs.slice(0, 2), TRAINERS), runs[0]);
  assertEquals(firstToMeasure([], TRAINERS), undefined);
});
