import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { countClasses, noCounts, rarestClass } from "../../src/measures/class_counts.ts";
import type { Predictions } from "../../src/measures/measure.ts";
import { MEASURES } from "../../src/measures/measures.ts";
import { measureOf, measuresOf } from "../../src/measures/metrics.ts";
import fixtures from "../fixtures/measures/measures.json" with { type: "json" };

/** scikit-learn sums up to 200 terms in another order, and areas as trapezoids. */
const TOLERANCE = 1e-12;

function ofClasses(
  { scores, targets, classes }: { scores: number[]; targets: number[]; classes: number },
): Predictions {
  return {
    scores: Float64Array.from(scores),
    targets: Int32Array.from(targets),
    classes,
    log: Math.log,
  };
}

function ofQuantities(scores: number[], targets: number[]): Predictions {
  return {
    scores: Float64Array.from(scores),
    targets: Float64Array.from(targets),
    classes: 1,
    log: Math.log,
  };
}

function assertMeasures(predictions: Predictions, expected: Record<string, number | null>) {
  for (const [key, value] of Object.entries(expected)) {
    const actual = measureOf(key).compute(predictions);
    if (value === null) {
      if (key === "loss") continue;
      assert(Number.isNaN(actual), `${key} is ${actual} and should not be defined`);
    } else {
      assert(Math.abs(actual - value) <= TOLERANCE * Math.abs(value), `${key}: ${actual} ${value}`);
    }
  }
}

for (const { name, measures, ...given } of fixtures.classification) {
  Deno.test(`measures of classes equal scikit-learn's: ${name}`, () => {
    assertEquals(Object.keys(measures), measuresOf("classification").map(({ key }) => key));
    assertMeasures(ofClasses(given), measures);
  });
}

for (const { name, measures, scores, targets } of fixtures.regression) {
  Deno.test(`measures of quantities equal scikit-learn's: ${name}`, () => {
    const keys = measuresOf("regression").map(({ key }) => key);
    assertEquals(Object.keys(measures), keys.filter((key) => key !== "loss"));
    assertMeasures(ofQuantities(scores, targets), measures);
  });
}

Deno.test("the class of a row is the first of its most probable ones", () => {
  // The second row's two largest are equal.
  const predictions = ofClasses({
    scores: [0.5, 0.25, 0.25, 0.4, 0.4, 0.2, 0, 0, 1],
    targets: [0, 1, 2],
    classes: 3,
  });
  assertEquals(measureOf("accuracy").compute(predictions), 2 / 3);
  assertEquals(measureOf("loss").compute(predictions), (Math.log(2) - Math.log(0.4)) / 3);
});

Deno.test("a row whose scores are not numbers has no class, and no rank", () => {
  const predictions = ofClasses({
    scores: [0.5, 0.5, NaN, NaN, 0.25, 0.75],
    targets: [0, 0, 1],
    classes: 2,
  });
  const valueOf = (key: string) => measureOf(key).compute(predictions);
  assertEquals(valueOf("accuracy"), 2 / 3);
  assertEquals(valueOf("balanced_accuracy"), 3 / 4);
  assertEquals(valueOf("macro_f1"), (2 / 3 + 1) / 2);
  for (const key of ["loss", "roc_auc", "average_precision", "brier"]) {
    assertEquals(valueOf(key), NaN);
  }
});

Deno.test("measures without rows are NaN", () => {
  for (const task of ["classification", "regression"] as const) {
    for (const { key, compute } of measuresOf(task)) {
      if (task === "regression" && key === "loss") continue;
      const none = { scores: [], targets: [], classes: 2 };
      const predictions = task === "regression" ? ofQuantities([], []) : ofClasses(none);
      assertEquals(compute(predictions), NaN, key);
    }
  }
});

Deno.test("average precision is that of the positive class", () => {
  const scores = [0.875, 0.125, 0.75, 0.25, 0.25, 0.75, 0.125, 0.875];
  const predictions = ofClasses({ scores, targets: [0, 1, 1, 0], classes: 2 });
  const { compute } = measureOf("average_precision");
  assertEquals(compute({ ...predictions, positive: 0 }), (1 + 2 / 4) / 2);
  assertEquals(compute({ ...predictions, positive: 1 }), (1 / 2 + 2 / 3) / 2);
  assertEquals(compute(predictions), (1 / 2 + 2 / 3) / 2);
  assertEquals(compute({ ...predictions, classes: 4, targets: Int32Array.of(0, 1) }), NaN);
});

Deno.test("rarestClass() is the class with the fewest rows, the last of equal ones", () => {
  assertEquals(rarestClass(Int32Array.of(1, 0, 1), 2), 0);
  assertEquals(rarestClass(Float64Array.of(1, 0, 0), 2), 1);
  assertEquals(rarestClass(Float64Array.of(1, 0), 2), 1);
  assertEquals(rarestClass(Float64Array.of(2, 1, 0, 2, 1), 3), 0);
});

Deno.test("r2 of equal targets is NaN, even if their mean rounds", () => {
  const targets = [0.1, 0.1, 0.1];
  assert((0.1 + 0.1 + 0.1) / 3 !== 0.1);
  assertEquals(measureOf("r2").compute(ofQuantities([0.1, 0.2, 0.3], targets)), NaN);
});

Deno.test("the loss of quantities is not computed from predictions", () => {
  assertThrows(() => measureOf("loss").compute(ofQuantities([1], [2])), RangeError);
});

/** Predictions of 1 to 40 rows, with scores that are often equal, or 0, or 1. */
const arbitraryPredictions = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.array(
    fc.record({
      parts: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: classes, maxLength: classes }),
      target: fc.nat(classes - 1),
    }),
    { minLength: 1, maxLength: 40 },
  ).map((rows) => {
    const scores = rows.flatMap(({ parts }) => {
      const sum = parts.reduce((sum, part) => sum + part, 0);
      return parts.map((part) => sum > 0 ? part / sum : 1 / classes);
    });
    return ofClasses({ scores, targets: rows.map(({ target }) => target), classes });
  })
);

Deno.test("measures of classes keep within their bounds", () => {
  fc.assert(fc.property(arbitraryPredictions, (predictions) => {
    for (const { key, bounds, compute } of measuresOf("classification")) {
      const value = compute(predictions);
      // Means can round past the bounds.
      const isWithin = value >= bounds[0] - TOLERANCE && value <= bounds[1] + TOLERANCE;
      assert(isWithin || Number.isNaN(value), `${key} is ${value}`);
    }
  }));
});

Deno.test("measures do not depend on the order of rows with equal terms", () => {
  fc.assert(fc.property(arbitraryPredictions, ({ scores, targets, classes, log }) => {
    const order = Array.from(targets, (_, row) => row).reverse();
    const reversed = {
      scores: Float64Array.from(order.flatMap((row) => {
        return [...scores.subarray(row * classes, (row + 1) * classes)];
      })),
      targets: Int32Array.from(order, (row) => targets[row]),
      classes,
      log,
    };
    // Sums of scores round differently in another order; counts and ranks do not.
    for (const key of ["accuracy", "balanced_accuracy", "macro_f1", "roc_auc"]) {
      const { compute } = measureOf(key);
      assertEquals(compute({ scores, targets, classes, log }), compute(reversed), key);
    }
  }));
});

Deno.test("MEASURES gives the same value for counts and for the scores that they are of", () => {
  fc.assert(fc.property(arbitraryPredictions, (predictions) => {
    const { targets, classes } = predictions;
    const counts = noCounts(classes);
    targets.forEach((target, row) => {
      const own = [...predictions.scores.subarray(row * classes, (row + 1) * classes)];
      const predicted = own.indexOf(Math.max(...own));
      counts.actual[target]++;
      counts.predicted[predicted]++;
      if (predicted === target) counts.correct[target]++;
    });
    for (
      const { isCheap, compute } of MEASURES.filter(({ tasks }) => tasks[0] === "classification")
    ) {
      if (!isCheap) continue;
      const counted = { ...predictions, scores: new Float64Array(), counts };
      assertEquals(compute(counted), compute(predictions));
    }
  }));
});

Deno.test("countClasses() counts rows in lane panels as it does row by row", () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(0, 1, NaN));
  const tables = fc.integer({ min: 2, max: 4 }).chain((classes) =>
    fc.array(
      fc.tuple(fc.array(number, { minLength: classes, maxLength: classes }), fc.nat(classes - 1)),
      { maxLength: 14 },
    ).map((rows) => ({ classes, rows }))
  );
  fc.assert(fc.property(tables, ({ classes, rows }) => {
    const targets = Int32Array.from(rows, ([, target]) => target);
    const expected = noCounts(classes);
    rows.forEach(([scores, target]) => {
      // Of NaN, there is no index.
      const predicted = scores.indexOf(Math.max(...scores));
      expected.actual[target]++;
      if (predicted >= 0) expected.predicted[predicted]++;
      if (predicted === target) expected.correct[target]++;
    });
    for (const lanes of [1, 2, 4]) {
      const panelStride = lanes * classes + 3;
      const values = new Float64Array(5 + panelStride * Math.ceil(rows.length / lanes)).fill(9);
      rows.forEach(([scores], row) => {
        const first = 5 + Math.floor(row / lanes) * panelStride + row % lanes;
        scores.forEach((score, c) => values[first + c * lanes] = score);
      });
      const counts = noCounts(classes);
      countClasses(counts, targets, { values, start: 5, panelStride, lanes, classes });
      assertEquals(counts, expected);
    }
  }));
});
