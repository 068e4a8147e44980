import { assert, assertEquals } from "@std/assert";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { spreadOfComparisons, spreadOfRuns } from "../../src/statistics/spread_of_differences.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRuns } from "./_sample_runs.ts";

Deno.test("the spread of differences is that of the median cell, from runs or from comparisons", () => {
  const runs = [1, 2, 4, 0].flatMap((size, cell) =>
    sampleRuns(`${cell + 1}`, [0.5 + size / 100, 0.5, 0.5 - size / 100])
  ).concat(sampleRuns("0", [0.5, 0.5, 0.5]));
  const question = sampleQuestion({ overlap: 1 / 3 });
  const spreads = [
    spreadOfRuns(runs, question),
    spreadOfComparisons(compareWithBaseline(runs, question), question),
  ];
  for (const spread of spreads) {
    assertEquals(spread?.cells, 3);
    assert(Math.abs((spread?.sd ?? NaN) - 0.02) < 1e-12);
  }
});

Deno.test("there is no spread without two pairs", () => {
  const runs = [...sampleRuns("0", [0.5]), ...sampleRuns("1", [0.6])];
  assertEquals(spreadOfRuns(runs, sampleQuestion()), undefined);
});
