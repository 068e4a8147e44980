import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { planText } from "../../src/cli/plan_text.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import type { Task } from "../../src/measures/measure.ts";
import { numericDataset } from "../_numeric_dataset.ts";

/** What plan says of an experiment on a table whose target is classes or quantities. */
function planned(text: string, task: Task): string {
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
