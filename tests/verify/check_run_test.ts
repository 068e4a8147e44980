import { assertEquals } from "@std/assert";
import { passes } from "../../src/verify/check.ts";
import { checkRun } from "../../src/verify/check_run.ts";
import { statedRun } from "./_stated_run.ts";

const STATED = statedRun(0.5);
const { row, curve } = STATED;

Deno.test("checkRun() passes a run that was computed as it is stated", () => {
  const check = checkRun(STATED, structuredClone({ row, curve }));
  assertEquals([check.subject, passes(check)], ["cell 0, seed 0", true]);
});

Deno.test("checkRun() tells a line that was changed from a run that differs", () => {
  const other = { ...row, digest: "other" };
  assertEquals(checkRun(STATED, { row: other, curve }).findings, [
    { what: "curves.csv is right at every step" },
    { what: "digest", expected: "d1ge57", actual: "other" },
  ]);
  const [first, last] = curve;
  const measures = { ...last.measures, penalty: 0, sparsity: 0 };
  assertEquals(checkRun(STATED, { row: other, curve: [first, { ...last, measures }] }).findings, [
    {
      what: "penalty at step 100, the first that differs in curves.csv",
      expected: "100.5",
      actual: "0",
    },
    { what: "digest", expected: "d1ge57", actual: "other" },
  ]);
});

Deno.test("checkRun() fails a run that could not be trained, and one of another name", () => {
  assertEquals(checkRun(STATED, { failure: "boom" }).findings, [
    { what: "It cannot be trained: boom" },
  ]);
  const renamed = { ...STATED, row: { ...row, seed: 9 } };
  assertEquals(checkRun(renamed, { row, curve }).findings, [
    { what: "seed", expected: "9", actual: "0" },
  ]);
});
