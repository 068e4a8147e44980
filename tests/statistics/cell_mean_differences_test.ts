import { assertEquals } from "@std/assert";
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
