import { assert, assertEquals, assertThrows } from "@std/assert";
import { MEASURES } from "../../src/measures/measures.ts";
import {
  DEFAULT_METRIC,
  extraMeasures,
  isLargerBetter,
  METRICS,
  partsOf,
} from "../../src/measures/metrics.ts";
import { UserError } from "../../src/user_error.ts";

Deno.test("METRICS has each measure of each part, the most usual first", () => {
  assertEquals(METRICS, [
    "validation_accuracy",
    "best_validation_accuracy",
    "validation_loss",
    "train_accuracy",
    "train_loss",
  ]);
  assertEquals(DEFAULT_METRIC, "validation_accuracy");
  assertEquals(METRICS.filter((metric) => !isLargerBetter(metric)), [
    "validation_loss",
    "train_loss",
  ]);
});

Deno.test("partsOf() takes a metric apart, and says what it may be", () => {
  const { measure, part, isBest } = partsOf("best_validation_accuracy");
  assertEquals([measure.key, part, isBest], ["accuracy", "validation", true]);
  assertThrows(() => partsOf("test_accuracy"), UserError, 'Cannot use "test_accuracy" as metric');
});

Deno.test("extraMeasures() has nothing that every run has", () => {
  assertEquals(extraMeasures(METRICS), []);
});

Deno.test("every measure has a key of its own that columns can have", () => {
  assertEquals(new Set(MEASURES.map(({ key }) => key)).size, MEASURES.length);
  for (const { key, bounds, tasks } of MEASURES) {
    assert(/^[a-z][a-z0-9_]*$/.test(key), key);
    assert(bounds[0] < bounds[1] && tasks.length > 0, key);
  }
});

Deno.test("measures are computed from predictions and targets", () => {
  const predictions = {
    // The second row's two largest are equal: the first of them counts.
    scores: Float64Array.of(0.5, 0.25, 0.25, 0.4, 0.4, 0.2, 0, 0, 1),
    targets: Int32Array.of(0, 1, 2),
    classes: 3,
    log: Math.log,
  };
  const values = Object.fromEntries(MEASURES.map((row) => [row.key, row.compute(predictions)]));
  assertEquals(values.accuracy, 2 / 3);
  assertEquals(values.loss, (Math.log(2) - Math.log(0.4)) / 3);
});
