import { assertEquals } from "@std/assert";
import type { HeldOutRow } from "../../src/results/held_out_row.ts";
import { scoredRows } from "../../src/sweep/scored_rows.ts";
import type { TestResult } from "../../src/trainers/run_result.ts";
import { numericDataset } from "../_numeric_dataset.ts";

const DATASET = numericDataset({ rows: 20, columns: 2, classes: 2, checksum: "sum" });
const SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };

/** The rows of a best cell's run with this score. */
function rowsOf(score: TestResult) {
  const row: HeldOutRow = {
    ...{ run: "1", cell: "a", roles: ["best"], seed: 1, status: "completed" },
    measures: score.measures,
  };
  const tests = new Map([["1", score]]);
  const { confusion, ...others } = scoredRows([row], { dataset: DATASET, split: SPLIT, tests });
  return { ...others, counts: confusion?.map(({ count }) => count) };
}

Deno.test("scoredRows() has the counts of a trainer that gives them", () => {
  const measures = { loss: 1, accuracy: 0.5 };
  const { test, counts } = rowsOf({ measures, confusion: [1, 1, 1, 1], units: [] });
  assertEquals([test?.length, counts], [1, [1, 1, 1, 1]]);
});

Deno.test("scoredRows() has no counts of a program, which gives measures alone", () => {
  const { test, counts } = rowsOf({ measures: { accuracy: 0.5 }, units: [] });
  assertEquals([test?.length, counts], [1, undefined]);
});

Deno.test("scoredRows() has nothing of a program that leaves its test rows alone", () => {
  assertEquals(rowsOf({ measures: {}, units: [] }), { counts: undefined });
});
