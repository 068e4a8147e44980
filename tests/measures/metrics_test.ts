import { assert, assertEquals, assertThrows } from "@std/assert";
import { MEASURES } from "../../src/measures/measures.ts";
import {
  DEFAULT_METRIC,
  defaultMeasuresOf,
  defaultMetricOf,
  extraMeasures,
  isLargerBetter,
  meaningOf,
  measuredKeys,
  metricColumn,
  METRICS,
  metricsOf,
  partsOf,
  trainColumnOf,
} from "../../src/measures/metrics.ts";
import { UserError } from "../../src/user_error.ts";

const TASKS = ["classification", "regression"] as const;

Deno.test("metricsOf() has each measure of each part, the most usual first", () => {
  assertEquals(metricsOf("classification"), [
    "validation_accuracy",
    "best_validation_accuracy",
    "validation_loss",
    "validation_balanced_accuracy",
    "best_validation_balanced_accuracy",
    "validation_macro_f1",
    "best_validation_macro_f1",
    "validation_roc_auc",
    "best_validation_roc_auc",
    "validation_average_precision",
    "best_validation_average_precision",
    "validation_brier",
    "best_validation_brier",
    "train_accuracy",
    "train_loss",
    "train_balanced_accuracy",
    "train_macro_f1",
    "train_roc_auc",
    "train_average_precision",
    "train_brier",
  ]);
  assertEquals(metricsOf("regression"), [
    "validation_rmse",
    "best_validation_rmse",
    "validation_loss",
    "validation_mse",
    "best_validation_mse",
    "validation_mae",
    "best_validation_mae",
    "validation_r2",
    "best_validation_r2",
    "train_rmse",
    "train_loss",
    "train_mse",
    "train_mae",
    "train_r2",
  ]);
});

Deno.test("METRICS has the metrics of every task once, the default of classes first", () => {
  assertEquals(new Set(METRICS), new Set(TASKS.flatMap(metricsOf)));
  assertEquals(new Set(METRICS).size, METRICS.length);
  assertEquals(METRICS[0], DEFAULT_METRIC);
});

Deno.test("defaultMetricOf() is the first metric of a task", () => {
  for (const task of TASKS) assertEquals(defaultMetricOf(task), metricsOf(task)[0]);
});

Deno.test("isLargerBetter() is false for losses and errors", () => {
  assertEquals(METRICS.filter((metric) => /^valid/.test(metric) && !isLargerBetter(metric)), [
    "validation_rmse",
    "validation_loss",
    "validation_brier",
    "validation_mse",
    "validation_mae",
  ]);
});

Deno.test("partsOf() takes a metric apart, and says what it may be", () => {
  const { measure, part, isBest } = partsOf("best_validation_accuracy");
  assertEquals([measure.key, part, isBest], ["accuracy", "validation", true]);
  assertThrows(() => partsOf("test_accuracy"), UserError, 'Cannot use "test_accuracy" as metric');
});

Deno.test("extraMeasures() has nothing that every result file has", () => {
  const defaults = TASKS.flatMap((task) => defaultMeasuresOf(task).map(({ key }) => key));
  assertEquals(defaults, ["loss", "accuracy", "loss", "rmse"]);
  assertEquals(extraMeasures(["train_loss", "validation_rmse"], defaults), []);
});

Deno.test("extraMeasures() has what metrics and wishes ask for, in the order of the table", () => {
  assertEquals(extraMeasures(["best_validation_roc_auc"], ["brier", "macro_f1", "roc_auc"]), [
    "macro_f1",
    "roc_auc",
    "brier",
  ]);
});

Deno.test("measuredKeys() has the cheap measures of a task, and those that are wanted", () => {
  const cheap = ["loss", "accuracy", "balanced_accuracy", "macro_f1"];
  assertEquals(measuredKeys("classification"), cheap);
  assertEquals(measuredKeys("classification", ["roc_auc", "accuracy"]), [...cheap, "roc_auc"]);
  assertEquals(measuredKeys("regression"), ["loss", "rmse", "mse", "mae", "r2"]);
});

Deno.test("every measure has a key of its own that columns can have", () => {
  assertEquals(new Set(MEASURES.map(({ key }) => key)).size, MEASURES.length);
  for (const { key, bounds, tasks } of MEASURES) {
    assert(/^[a-z][a-z0-9_]*$/.test(key), key);
    assert(bounds[0] < bounds[1] && tasks.length > 0, key);
  }
});

Deno.test("meaningOf() is one clause without a full stop", () => {
  for (const measure of MEASURES) {
    for (const task of measure.tasks) assert(/^(the|a) .*[^.]$/.test(meaningOf(measure, task)));
  }
});

Deno.test("an own metric says everything about itself", () => {
  const metric = { key: "validation_f2_score", better: "smaller" } as const;
  const { part, measure, isBest, noun } = partsOf(metric);
  assertEquals([part, isBest, noun], ["validation", false, "validation f2 score"]);
  assertEquals([measure.isPercent, measure.hasAnySize, measure.isShareOfRows], [
    false,
    true,
    undefined,
  ]);
  assertEquals([metricColumn(metric), isLargerBetter(metric)], ["validation_f2_score", false]);
  assertEquals(trainColumnOf(metric), "train_f2_score");
  const other = {
    key: "seconds",
    better: "larger",
    label: "time",
    unit: "s",
    decimals: 0,
  } as const;
  assertEquals([partsOf(other).part, trainColumnOf(other)], [undefined, undefined]);
  assertEquals(partsOf(other).measure.hasAnySize, false);
  assertEquals(extraMeasures([other, "validation_brier"]), ["brier"]);
});

Deno.test("trainColumnOf() is the measure on the training rows, unless a metric is that", () => {
  assertEquals(trainColumnOf("best_validation_accuracy"), "train_accuracy");
  assertEquals(trainColumnOf("train_loss"), undefined);
});
