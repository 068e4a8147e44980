import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { RunRow } from "../../src/results/run_row.ts";
import { cellMeanDifferences } from "../../src/statistics/cell_mean_differences.ts";

/** Completed runs of a cell, or diverged ones where the accuracy is NaN; keys tell them apart. */
function runs(cell: string, accuracies: Readonly<Record<string, number>>): RunRow[] {
  return Object.entries(accuracies).map(([run, accuracy], replicate) => ({
    run,
    cell,
    replicate,
    seed: replicate,
    values: {},
    status: Number.isNaN(accuracy) ? "diverged" : "completed",
    measures: { validation_accuracy: accuracy },
    digest: run,
  }));
}

const A = [
  ...runs("same", { a: 0.5, b: 0.75 }),
  ...runs("other seeds", { c: 0.5, d: 0.75 }),
  ...runs("more seeds", { e: 0.5 }),
  ...runs("diverged", { f: NaN, g: NaN }),
  ...runs("only in A", { h: 0.5 }),
];
const B = [
  ...runs("diverged", { i: 0.5, j: NaN }),
  ...runs("more seeds", { e: 0.5, k: 1 }),
  ...runs("other seeds", { l: 0.25 }),
  ...runs("same", { b: 0.75, a: 0.5 }),
  ...runs("only in B", { m: 0.5 }),
];

Deno.test("cellMeanDifferences() compares cells that both have with other runs", () => {
  assertEquals(cellMeanDifferences(A, B, "validation_accuracy"), [
    {
      cell: "other seeds",
      a: { n: 2, mean: 0.625 },
      b: { n: 1, mean: 0.25 },
      difference: -0.375,
    },
    { cell: "more seeds", a: { n: 1, mean: 0.5 }, b: { n: 2, mean: 0.75 }, difference: 0.25 },
    {
      cell: "diverged",
      a: { n: 0, mean: undefined },
      b: { n: 1, mean: 0.5 },
      difference: undefined,
    },
  ]);
});

const FOUR = [
  ...runs("a", { a: 1, b: 2, c: 4, d: 5 }),
  ...runs("b", { e: 1, f: 1, g: 1, h: 1 }),
  ...runs("c", { k: 1, l: 2 }),
];
const OTHERS = [
  ...runs("a", { a2: 1.5, b2: 3, c2: 4.5, d2: 6 }),
  ...runs("b", { e2: 2, f2: 2, g2: 2, h2: 2 }),
  ...runs("c", { k: 1, l2: 3 }),
];

Deno.test("cellMeanDifferences() has intervals of pairs where seeds and rows are the same", () => {
  const [{ difference, interval }, constant, common] = cellMeanDifferences(
    FOUR,
    OTHERS,
    "validation_accuracy",
    { overlaps: [0, 0], areRowsShared: true },
  );
  assertEquals(difference, 0.75);
  // Differences of 0.5, 1, 0.5 and 1: a standard error of 0.1443, and t(0.975, 3) = 3.18245.
  assertAlmostEquals(interval?.high ?? NaN, 0.75 + 3.18245 * 0.144338, 1e-4);
  assertEquals([constant.interval, common.interval], [undefined, undefined]);
  const [overlapping] = cellMeanDifferences(FOUR, OTHERS, "validation_accuracy", {
    ...{ overlaps: [0.75, 0.75], areRowsShared: true },
  });
  assertAlmostEquals(overlapping.interval?.high ?? NaN, 0.75 + 3.18245 * 0.288675, 1e-4);
});

Deno.test("cellMeanDifferences() has Welch's intervals of other seeds or rows", () => {
  const [{ interval }] = cellMeanDifferences(FOUR, OTHERS, "validation_accuracy", {
    overlaps: [0, 0],
  });
  // As SciPy 1.17.1 has it: ttest_ind([1.5, 3, 4.5, 6], [1, 2, 4, 5], equal_var=False).
  assertAlmostEquals(interval?.low ?? NaN, -2.5089038413, 1e-8);
  assertAlmostEquals(interval?.high ?? NaN, 4.0089038413, 1e-8);
  const [unknown] = cellMeanDifferences(FOUR, OTHERS, "validation_accuracy");
  assertEquals(unknown.interval, undefined);
});
