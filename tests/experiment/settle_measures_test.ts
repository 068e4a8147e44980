import { assertEquals, assertThrows } from "@std/assert";
import { wantedMeasures } from "../../src/experiment/experiment.ts";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { settleExperiment, type SettlingDataset } from "../../src/experiment/settle_experiment.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { rejects, START } from "./_rejects.ts";

const CLASSES: SettlingDataset = { task: "classification", classes: ["no", "yes"] };
const DIGITS: SettlingDataset = { task: "classification", classes: ["0", "1", "2"] };
const QUANTITIES: SettlingDataset = { task: "regression", classes: [] };
const HALVING = "fixed: { evaluate_every: 5 }\nsuccessive_halving: { min_steps: 10";

function settled(text: string, facts: SettlingDataset) {
  return settleExperiment(parseWritten(`${START}${text}`, "e.yaml"), facts);
}

function settlingRejects(
  what: string,
  text: string,
  facts: SettlingDataset,
  problems: string,
): void {
  Deno.test(`settleExperiment() rejects ${what}`, () => {
    const error = assertThrows(() => settled(text, facts), UserError);
    assertEquals(formatProblems(error.problems), problems);
    assertEquals(error.exitCode, 2);
  });
}

Deno.test("settleExperiment() takes the metric of the target's task", () => {
  for (const facts of [CLASSES, QUANTITIES]) {
    const { task, metric, halving } = settled(`${HALVING} }\n`, facts);
    const expected = task === "classification" ? "validation_accuracy" : "validation_rmse";
    assertEquals([task, metric, halving?.metric], [facts.task, expected, expected]);
  }
  assertEquals(settled("metric: train_r2", QUANTITIES).metric, "train_r2");
  const { metric, halving } = settled(`${HALVING}, metric: validation_mae }\n`, QUANTITIES);
  assertEquals([metric, halving?.metric], ["validation_rmse", "validation_mae"]);
});

Deno.test("settleExperiment() has an equivalence of shares, and of others that the file says", () => {
  const bandOf = (text: string, facts: SettlingDataset) => settled(text, facts).equivalence;
  for (const key of ["accuracy", "balanced_accuracy", "macro_f1", "roc_auc", "average_precision"]) {
    assertEquals(bandOf(`metric: validation_${key}`, CLASSES), 0.005);
  }
  // As in the first version.
  assertEquals(bandOf("", CLASSES), 0.005);
  assertEquals(bandOf("metric: train_loss", CLASSES), 0.005);
  assertEquals(bandOf("metric: validation_brier", CLASSES), undefined);
  for (const key of ["loss", "rmse", "mse", "mae", "r2"]) {
    assertEquals(bandOf(`metric: validation_${key}`, QUANTITIES), undefined);
    assertEquals(bandOf(`metric: validation_${key}\nequivalence: 2`, QUANTITIES), 2);
  }
  assertEquals("equivalence" in settled("", QUANTITIES), false);
});

Deno.test("measures and metrics say together what runs and result files have", () => {
  const experiment = settled(
    `metric: validation_macro_f1\nmeasures: [roc_auc, accuracy, balanced_accuracy]\n`,
    CLASSES,
  );
  assertEquals(wantedMeasures(experiment), ["balanced_accuracy", "macro_f1", "roc_auc"]);
  const { runs, curves, test } = resultColumns(experiment);
  assertEquals(curves.slice(-6), [
    "train_balanced_accuracy",
    "train_macro_f1",
    "train_roc_auc",
    "validation_balanced_accuracy",
    "validation_macro_f1",
    "validation_roc_auc",
  ]);
  assertEquals(runs.slice(-9), [
    ...curves.slice(-6),
    "best_validation_balanced_accuracy",
    "best_validation_macro_f1",
    "best_validation_roc_auc",
  ]);
  assertEquals(test, ["loss", "accuracy", "balanced_accuracy", "macro_f1", "roc_auc"]);
});

Deno.test("result files of quantities have loss and rmse, and what is asked for", () => {
  const { runs, curves, test } = resultColumns(settled("measures: [r2, rmse]", QUANTITIES));
  assertEquals(curves, [
    ...["train_loss", "train_rmse", "validation_loss", "validation_rmse", "penalty", "sparsity"],
    ...["train_r2", "validation_r2"],
  ]);
  assertEquals(runs.slice(0, 6), [
    ...["train_loss", "train_rmse", "validation_loss", "validation_rmse"],
    ...["best_validation_rmse", "best_step"],
  ]);
  assertEquals(test, ["loss", "rmse", "r2"]);
});

settlingRejects(
  "measures of quantities where the target has classes, all at once",
  `metric: validation_rmse
measures: [roc_auc, mae]
${HALVING}, metric: train_r2 }
`,
  CLASSES,
  `e.yaml:3:9: Cannot use metric validation_rmse: the target has classes, so it must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision or brier
  3 | metric: validation_rmse
    |         ^^^^^^^^^^^^^^^
e.yaml:4:21: Cannot use measure mae: the target has classes, so it must be loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision or brier
  4 | measures: [roc_auc, mae]
    |                     ^^^
e.yaml:6:46: Cannot use metric train_r2: the target has classes, so it must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision or brier
  6 | successive_halving: { min_steps: 10, metric: train_r2 }
    |                                              ^^^^^^^^`,
);

settlingRejects(
  "a measure of classes where the target has quantities",
  "metric: validation_accuracy\n",
  QUANTITIES,
  `e.yaml:3:9: Cannot use metric validation_accuracy: the target has quantities, so it must be validation_M, best_validation_M or train_M, where M is loss, rmse, mse, mae or r2
  3 | metric: validation_accuracy
    |         ^^^^^^^^^^^^^^^^^^^`,
);

settlingRejects(
  "a measure of two classes where there are more",
  "metric: best_validation_average_precision\nmeasures: [average_precision]\n",
  DIGITS,
  `e.yaml:3:9: Cannot use metric best_validation_average_precision: it needs two classes, and the target has 3
  3 | metric: best_validation_average_precision
    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:4:12: Cannot use measure average_precision: it needs two classes, and the target has 3
  4 | measures: [average_precision]
    |            ^^^^^^^^^^^^^^^^^`,
);

rejects(
  "measures that there are not",
  `${START}measures: [rocauc, recall]\n`,
  `e.yaml:3:12: Cannot use measures rocauc: a measure must be loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2
  3 | measures: [rocauc, recall]
    |            ^^^^^^ did you mean "roc_auc"?
e.yaml:3:20: Cannot use measures recall: a measure must be loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2
  3 | measures: [rocauc, recall]
    |                    ^^^^^^`,
);

rejects(
  "measures that are no list",
  `${START}measures: roc_auc\n`,
  `e.yaml:3:11: Cannot use measures roc_auc: measures must be a list of measures, such as [balanced_accuracy]
  3 | measures: roc_auc
    |           ^^^^^^^`,
);
