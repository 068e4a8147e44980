import { assertEquals } from "@std/assert";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import pairs from "../fixtures/statistics/pairs.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";
import { divergedRun, failedRun, sampleRun } from "./_sample_runs.ts";

for (const { cell, baseline, ...expected } of pairs) {
  Deno.test(`compareWithBaseline() of ${cell.length} pairs equals SciPy's paired t-test`, () => {
    const runs = [
      ...baseline.map((accuracy, index) => sampleRun("0", index + 1, accuracy)),
      // Paired by seed, whatever the order of the lines is.
      ...cell.map((accuracy, index) => sampleRun("0.5", index + 1, accuracy)).reverse(),
    ];
    const [comparison, ...others] = compareWithBaseline(runs, "validation_accuracy", "0");
    assertEquals(others, []);
    assertEquals([comparison.cell, comparison.baseline, comparison.n], ["0.5", "0", cell.length]);
    assertClose(comparison.meanDifference, expected.meanDifference, 1);
    assertClose(comparison.ciLow, expected.ciLow, 1);
    assertClose(comparison.ciHigh, expected.ciHigh, 1);
  });
}

Deno.test("compareWithBaseline() compares every other cell, in order of first appearance", () => {
  const runs = ["0.5", "0", "0.25"].flatMap((cell) =>
    [1, 2].map((seed) => sampleRun(cell, seed, 1))
  );
  const cells = compareWithBaseline(runs, "validation_accuracy", "0").map(({ cell }) => cell);
  assertEquals(cells, ["0.5", "0.25"]);
});

Deno.test("compareWithBaseline() leaves out seeds that did not complete in both cells", () => {
  const [comparison] = compareWithBaseline(
    [
      sampleRun("0", 1, 0.5),
      divergedRun("0", 2),
      sampleRun("0", 3, 0.5),
      sampleRun("0", 4, 0.5),
      sampleRun("0.5", 1, 0.75),
      sampleRun("0.5", 2, 0.875),
      failedRun("0.5", 3),
      sampleRun("0.5", 4, 0.75),
      sampleRun("0.5", 5, 0),
    ],
    "validation_accuracy",
    "0",
  );
  assertEquals([comparison.n, comparison.meanDifference], [2, 0.25]);
  assertEquals([comparison.ciLow, comparison.ciHigh], [0.25, 0.25]);
});

Deno.test("compareWithBaseline() has no interval for one pair and no difference for none", () => {
  const [one, none] = compareWithBaseline(
    [
      sampleRun("0", 1, 0.5),
      sampleRun("0.5", 1, 0.25),
      sampleRun("0.25", 2, 0.25),
    ],
    "validation_accuracy",
    "0",
  );
  assertEquals([one.n, one.meanDifference, one.ciLow], [1, -0.25, undefined]);
  assertEquals([none.n, none.meanDifference, none.ciLow], [0, undefined, undefined]);
});
