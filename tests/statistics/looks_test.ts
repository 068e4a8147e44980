import { assert } from "@std/assert";
import { tQuantile } from "../../src/statistics/_student_t.ts";
import { levelsOf } from "../../src/statistics/looks.ts";

Deno.test("levelsOf() spend 5% in all, more at each look of the second half", () => {
  const levels = levelsOf([5, 10, 20, 40]);
  [0.009728, 0.008140, 0.013137, 0.018994].forEach((level, look) => {
    assert(Math.abs(levels[look] - level) < 6e-7, `${levels}`);
  });
  assert(Math.abs(levels.reduce((sum, level) => sum + level) - 0.05) < 1e-16);
  // Bonferroni's critical values of 20 cells.
  assert(Math.abs(tQuantile(1 - levels[0] / 40, 4) - 10.379674) < 2e-6);
  assert(Math.abs(tQuantile(1 - levels[3] / 40, 39) - 3.576102) < 2e-6);
});

Deno.test("levelsOf() a single look is all of it", () => {
  assert(Math.abs(levelsOf([10])[0] - 0.05) < 1e-16);
});
