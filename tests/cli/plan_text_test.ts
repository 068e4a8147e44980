import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { planText } from "../../src/cli/plan_text.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import type { Task } from "../../src/measures/measure.ts";
import type { PlannedScores } from "../../src/sweep/plan/plan_sweep.ts";
import { numericDataset } from "../_numeric_dataset.ts";

/** What plan says of an experiment on a table whose target is classes or quantities. */
function planned(text: string, task: Task, scores?: PlannedScores): string {
  const written = parseWritten(
    `name: e\ndataset: { path: d.csv, target: y }\n${text}`,
    "e.yaml",
  );
  const classes = task === "regression" ? [] : ["no", "yes"];
  return planText({
    untimed: [],
    ownPaces: new Map(),
    experiment: settleExperiment(written, { task, classes }),
    dataset: {
      ...numericDataset({ rows: 100, columns: 4, classes: 2, checksum: "plan" }),
      task,
      classes,
    },
    shape: { trainRows: 60, validationRows: 20, testRows: 20, columns: 4, classes: 2 },
    total: 10,
    missing: 10,
    known: new Map(),
    samples: [],
    sameRuns: [],
    seconds: 1,
    scores,
    modelSpace: 2 ** 31,
    workers: 2,
  });
}

Deno.test("planText() says what cells are compared by where it is not the accuracy", () => {
  assertFalse(/^(metric|measures) /m.test(planned("", "classification")));
  const quantities = planned("", "regression");
  assertStringIncludes(quantities, "\nmetric   validation_rmse, no equivalence\n");
  const text = planned(
    "metric: validation_roc_auc\nmeasures: [macro_f1, brier]\n",
    "classification",
  );
  assertStringIncludes(
    text,
    "\nmetric   validation_roc_auc, equivalence 0.005\nmeasures macro_f1, brier\n",
  );
  assertEquals(text.match(/^measures/gm)?.length, 1);
});

Deno.test("planText() says how test scores come about, as far as it is known", () => {
  const scoresOf = (scores: PlannedScores) =>
    planned("", "classification", scores).match(/^scores.*(\n {9}.*)*/m)?.[0].replace(/\n +/g, " ");
  assertEquals(
    scoresOf({ runs: 9, isAtMost: true, trainedAgain: "none", seconds: 0 }),
    "scores   at most 9 runs on the test rows, by their models",
  );
  assertEquals(
    scoresOf({ runs: 9, isAtMost: true, trainedAgain: "some", seconds: 75 }),
    "scores   at most 9 runs on the test rows, by their models, or trained once more where a run " +
      "is short: at most 1 min 15 s",
  );
  assertEquals(
    scoresOf({ runs: 3, isAtMost: false, trainedAgain: "all" }),
    "scores   3 runs on the test rows, trained once more, since their models are not kept",
  );
  assertFalse(/^scores/m.test(planned("", "classification")));
});

Deno.test("planText() fits descriptions and fixed settings into a terminal", () => {
  const fixed = "{ hidden: [64], batch_size: 32, steps: 1000, init: glorot, learning_rate: 0.1, " +
    "l1_method: proximal }";
  const text = planned(
    `description: ${"How much is too much? ".repeat(5)}\nfixed: ${fixed}\n`,
    "classification",
  );
  assertStringIncludes(
    text,
    "\nfixed    hidden=[64] batch_size=32 steps=1000 init=glorot learning_rate=0.1\n" +
      "           l1_method=proximal\n",
  );
  for (const line of text.split("\n")) assert(line.length <= 80, line);
});

Deno.test("planText() shows tags, and notes line by line", () => {
  const line = "These seeds are those of the first paper; the others follow in the second one.";
  const notes = `  ${line}\n\n  - as asked`;
  const text = planned(`tags: [paper, table-2]\nnotes: |\n${notes}\n`, "classification");
  assertStringIncludes(
    text,
    `e

tags     paper, table-2
notes    These seeds are those of the first paper; the others follow in the
         second one.

         - as asked
dataset  d.csv`,
  );
});
