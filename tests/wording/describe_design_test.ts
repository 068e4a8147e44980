import { assert, assertEquals } from "@std/assert";
import { analyze } from "../../src/statistics/analyze.ts";
import { describeDesign, designOf, isWeak } from "../../src/wording/describe_design.ts";
import { metricScale } from "../../src/wording/metric_scale.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";
import { divergedRun, sampleRuns } from "../statistics/_sample_runs.ts";

Deno.test("describeDesign() says beforehand that a design can show almost nothing", () => {
  const design = { seeds: 3, comparisons: 59, overlap: 1 / 3 };
  assert(isWeak(design));
  assertEquals(describeDesign(design), [
    "differences of at least 36 standard deviations between seeds, with 80% power (3 seeds, 59 comparisons)",
    "few settings differ that much; 22 seeds would show differences of 3 standard deviations, fewer " +
    "cells alone would not",
    "sign-flip tests cannot go below p = 0.25 (1 after correction); 12 seeds can reach 0.05",
  ]);
});

Deno.test("describeDesign() says what a better design can show", () => {
  const design = { seeds: 10, comparisons: 8, overlap: 1 / 3 };
  assertEquals(isWeak(design), false);
  assertEquals(describeDesign(design), [
    "differences of at least 3 standard deviations between seeds, with 80% power (10 seeds, 8 comparisons)",
  ]);
  assertEquals(describeDesign({ seeds: 6, comparisons: 1, overlap: 0 }), [
    "differences of at least 1.4 standard deviations between seeds, with 80% power (6 seeds, 1 comparison)",
  ]);
  // Where the rows are too few for any number of seeds.
  const [, advice] = describeDesign({ seeds: 3, comparisons: 59, overlap: 2 });
  assertEquals(
    advice,
    "few settings differ that much; no number of seeds would show 3 on these rows; fewer cells or more " +
      "rows could",
  );
});

Deno.test("describeDesign() says what fewer cells would do", () => {
  const [, advice] = describeDesign({ seeds: 5, comparisons: 59, overlap: 0 });
  assertEquals(
    advice,
    "few settings differ that much; 7 seeds would show differences of 3 standard deviations, so " +
      "would 7 comparisons with 5 seeds",
  );
});

Deno.test("describeDesign() uses the metric's unit where runs say how much they differ", () => {
  const known = { spread: { sd: 0.0045, cells: 8 }, scale: metricScale("validation_accuracy") };
  const lines = describeDesign({ seeds: 10, comparisons: 8, overlap: 1 / 3 }, known);
  assertEquals(lines.map((line) => line.replaceAll("\u00a0", " ")), [
    "differences of at least 1.3 points, with 80% power (10 seeds, 8 comparisons)",
    "that is 3 standard deviations between seeds, where one is 0.45 points, the median of the 8 " +
    "cells with results",
  ]);
});

Deno.test("describeDesign() expects nothing of one seed, and says nothing of one cell", () => {
  assertEquals(describeDesign({ seeds: 1, comparisons: 3, overlap: 0 }), [
    "nothing: a single seed cannot tell any difference from chance",
  ]);
  assertEquals(describeDesign({ seeds: 9, comparisons: 0, overlap: 0 }), []);
});

Deno.test("designOf() counts seeds that were lost, and cells that are the same run once", () => {
  const runs = sampleRuns("1", [0.5, 0.6]);
  const analysis = analyze([
    ...sampleRuns("0", [0.5]),
    divergedRun("0", 2),
    ...runs,
    ...runs.map((run) => ({ ...run, cell: "2" })),
  ], sampleQuestion());
  assertEquals(designOf(analysis), { seeds: 2, comparisons: 1, overlap: 0 });
});
