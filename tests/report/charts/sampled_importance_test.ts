import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups } from "../../../src/report/charts/chart_groups.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** The chart's bars by their labels, with shares and chance in percent. */
function barsOf(sample: Sample, id = "importance") {
  const chart = chartsOf(sampleInput(sample)).get(id);
  assert(chart, `there is no ${id}`);
  const { data } = chart.spec.spec as unknown as {
    data: { values: { label: string; share: number; chance?: number }[] };
  };
  return { ...chart.group, bars: new Map(data.values.map((bar) => [bar.label, bar])) };
}

/** What a sampled design says of importance, with or without a chart. */
function captionOf(sample: Sample): string | undefined {
  const input = sampleInput(sample);
  return chartGroups(rankCells(input), input, analysisOf(input))
    .find(({ heading }) => heading.startsWith("Importance"))?.caption;
}

Deno.test("sampledImportance() shows what matters in a sample, of good cells apart from all", () => {
  const { caption, bars } = barsOf(SAMPLES.manyPoints);
  assertEquals([...bars.keys()][0], "Learning rate");
  assert((bars.get("Learning rate")?.share ?? 0) > 90);
  assertStringIncludes(caption, "A random forest was fitted to the means of 100 cells.");
  const better = barsOf(SAMPLES.manyPoints, "importance-better").bars;
  for (const label of ["Dropout", "Learning rate"]) {
    const { share = 0, chance = Infinity } = better.get(label) ?? {};
    assert(share > chance, `${label}: ${share} is not more than ${chance}`);
  }
});

Deno.test("sampledImportance() has the shares of all keys, and one for several together", () => {
  const { bars } = barsOf(SAMPLES.conditional);
  assertEquals([...bars.keys()].sort(), [
    "Adam’s β₁",
    "Batch size",
    "Learning rate",
    "Momentum",
    "Optimizer",
    "several together",
  ]);
  const sum = [...bars.values()].reduce((sum, { share }) => sum + share, 0);
  // Each is rounded to seven digits.
  assert(Math.abs(sum - 100) < 1e-4);
});

Deno.test("sampledImportance() says so where nothing can be said, and draws nothing", () => {
  const noise: Sample = { ...SAMPLES.manyPoints, accuracy: () => 0.9 };
  assertEquals(chartsOf(sampleInput(noise)).has("importance"), false);
  assertStringIncludes(captionOf(noise) ?? "", "these cells do not show what matters");
});

Deno.test("sampledImportance() takes the place of exact shares where runs of a product are lost", () => {
  const lost: Sample = {
    ...SAMPLES.threeWays,
    status: (cell, seed) =>
      cell.startsWith("learning_rate=0.3 ") && seed < 2 ? "diverged" : undefined,
  };
  assertStringIncludes(captionOf(lost) ?? "", "the means of 24 cells");
  assertStringIncludes(captionOf(SAMPLES.threeWays) ?? "", "η²");
});

Deno.test("sampledImportance() is not of few cells, nor of one value at a time", () => {
  assertEquals(captionOf(SAMPLES.diverged), undefined);
  assertEquals(captionOf(SAMPLES.fourTechniques), undefined);
});
