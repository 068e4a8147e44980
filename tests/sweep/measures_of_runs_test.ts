import { assert, assertEquals } from "@std/assert";
import { hasWanted, lackedMeasures } from "../../src/sweep/known_records.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { runResult } from "./_run_result.ts";
import { withSmallExperiment } from "./_small_experiment.ts";

/** The first run of a small experiment with these lines more. */
async function firstRun(more = "") {
  let run: ReturnType<typeof planRuns>["runs"][number] | undefined;
  await withSmallExperiment(({ experiment, dataset }) => {
    [run] = planRuns(experiment, dataset).runs;
    return Promise.resolve();
  }, { more });
  if (!run) throw new Error("there is no run");
  return run;
}

/** A result with only the measures that the first version recorded, or with more. */
function resultWith(...keys: string[]) {
  const result = runResult(1);
  const evaluations = result.evaluations.map(({ step, measures }) => {
    const more = keys.flatMap((key) => [[`train_${key}`, 0.5], [`validation_${key}`, 0.5]]);
    return { step, measures: { ...measures, ...Object.fromEntries(more) } };
  });
  return { ...result, evaluations };
}

Deno.test("every run computes the cheap measures, and a record without them is as good", async () => {
  const run = await firstRun();
  assertEquals(run.measures, ["loss", "accuracy"]);
  assertEquals(run.task.measures, ["balanced_accuracy", "macro_f1"]);
  assert(hasWanted(run, resultWith()));
});

Deno.test("what is wanted of runs must be in their records, and changes no key", async () => {
  const [usual, wanted] = [
    await firstRun(),
    await firstRun("metric: validation_brier\nmeasures: [macro_f1, roc_auc, accuracy]\n"),
  ];
  assertEquals(wanted.key, usual.key);
  assertEquals(wanted.measures, ["loss", "accuracy", "macro_f1", "roc_auc", "brier"]);
  assertEquals(wanted.task.measures, ["balanced_accuracy", "macro_f1", "roc_auc", "brier"]);
  assertEquals(lackedMeasures(wanted, resultWith()), ["macro_f1", "roc_auc", "brier"]);
  assertEquals(lackedMeasures(wanted, resultWith("balanced_accuracy", "macro_f1")), [
    ...["roc_auc", "brier"],
  ]);
  const cheap = await firstRun("measures: [balanced_accuracy, macro_f1]\n");
  assert(hasWanted(cheap, resultWith("balanced_accuracy", "macro_f1")));
});
