import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** The panel of a key: its points, and where its ticks are. */
function sliceOf(sample: Sample, key: string) {
  const chart = chartsOf(sampleInput(sample)).get(`slice-${key}`);
  assert(chart, `there is no panel of ${key}`);
  const { group, spec } = chart;
  const places: number[] = spec.param("places");
  const ticks = new Map<string, number>(
    spec.param("ticks").map((text: string, tick: number) => [text, places[tick]]),
  );
  return { group, spec, points: spec.rows("points"), ticks };
}

/** The panels' keys, in their order. */
function slicesOf(sample: Sample): string[] {
  return [...chartsOf(sampleInput(sample)).keys()].filter((id) => id.startsWith("slice-"));
}

/** A random search with a baseline of its own, which is no point of the sample. */
const WITH_BASELINE: Sample = (() => {
  const { plan } = SAMPLES.sampled;
  assert(plan);
  const values = { learning_rate: 0.1, l2_penalty: 0, dropout: 0, activation: "relu" };
  const own = { name: "fixed", technique: "fixed", values };
  return { ...SAMPLES.sampled, plan: { ...plan, cells: [...plan.cells, own], baseline: "fixed" } };
})();

Deno.test("slicePlots() has a panel for each key of a sample, and none of grids", () => {
  assertEquals(slicesOf(SAMPLES.sampled), [
    "slice-learning-rate",
    "slice-l2-penalty",
    "slice-dropout",
    "slice-activation",
  ]);
  for (const sample of [SAMPLES.threeWays, SAMPLES.elasticNet, SAMPLES.fourTechniques]) {
    assertEquals(slicesOf(sample), []);
  }
});

Deno.test("slicePlots() puts ratios on a logarithmic axis, rates on a linear one, and says so", () => {
  const rates = sliceOf(SAMPLES.sampled, "learning-rate");
  assertEquals(rates.spec.channel("x").title, "Learning rate (log scale)");
  const at = (text: string) => rates.ticks.get(text) ?? NaN;
  assertAlmostEquals(at("0.1") - at("0.01"), at("0.2") - at("0.02"), 1e-5);
  const point = rates.points.find(({ name }) => name.startsWith("learning_rate=0.0999803"));
  assertAlmostEquals(point?.place, at("0.1"), 1e-3);
  const dropout = sliceOf(SAMPLES.sampled, "dropout");
  assertEquals(dropout.spec.channel("x").title, "Dropout");
  const gaps = [["0.2", "0.3"], ["0.3", "0.4"], ["0.4", "0.5"]].map(([low, high]) =>
    (dropout.ticks.get(high) ?? NaN) - (dropout.ticks.get(low) ?? NaN)
  );
  for (const gap of gaps) assertAlmostEquals(gap, gaps[0], 1e-5);
});

Deno.test("slicePlots() keeps the points of a word in its own band", () => {
  const { points, ticks } = sliceOf(SAMPLES.manyPoints, "activation");
  assertEquals([...ticks.keys()].sort(), ["relu", "tanh"]);
  for (const { name, place } of points) {
    const [word, other] = name.includes("tanh") ? ["tanh", "relu"] : ["relu", "tanh"];
    const distanceTo = (text: string) => Math.abs(place - (ticks.get(text) ?? NaN));
    assert(distanceTo(word) < distanceTo(other), name);
  }
});

Deno.test("slicePlots() puts cells without a conditional key apart from its values", () => {
  const { points, ticks, group } = sliceOf(SAMPLES.conditional, "momentum");
  const apart = ticks.get("–") ?? NaN;
  const [without, others] = [true, false].map((isAdam) =>
    points.filter(({ name }) => name.includes("optimizer=adam") === isAdam)
  );
  assertEquals(points.length, 40);
  assert(without.length > 10 && others.length > 10);
  assert(without.every(({ place }) => Math.abs(place - apart) < 0.03));
  assert(others.every(({ place }) => place > apart + 0.1));
  assertStringIncludes(group.caption, "Cells that go without a value stand apart (–).");
});

Deno.test("slicePlots() marks what is beyond the frame, with the means in words", () => {
  const { points, group, spec } = sliceOf(SAMPLES.sampled, "dropout");
  const beyond = points.filter(({ at }) => at !== undefined);
  assertEquals(beyond.length, 3);
  const [low] = spec.channel("y").scale.domain;
  assert(beyond.every(({ at, mean, isLow }) => at === low && mean < low && isLow));
  assertStringIncludes(group.caption, "▾ marks 3 cells beyond the frame, at 7.78 to 8.43.");
});

Deno.test("slicePlots() shows differences from a baseline only if the experiment has one", () => {
  const own = sliceOf(WITH_BASELINE, "dropout");
  assertEquals(own.spec.channel("y").title, "Difference (percentage points)");
  assertStringIncludes(own.group.caption, "mean difference from fixed");
  assertEquals(own.points.find(({ name }) => name === "fixed")?.mean, 0);
  const first = sliceOf(SAMPLES.sampled, "dropout");
  assertEquals(first.spec.channel("y").title, "Validation accuracy (%)");
  assert(!first.group.caption.includes("difference"));
});

Deno.test("slicePlots() thins many points, from best to worst", () => {
  const { plan } = SAMPLES.manyPoints;
  assert(plan);
  const cells = Array.from({ length: 400 }, (_, index) => {
    const values = { ...plan.cells[index % 100].values, learning_rate: 0.01 + index / 1000 };
    return { name: `${index}`, technique: plan.cells[0].technique, values };
  });
  const many = { ...SAMPLES.manyPoints, plan: { ...plan, cells, baseline: "0" }, seeds: 1 };
  const { points, group } = sliceOf({ ...many, evaluations: 2 }, "learning-rate");
  assertEquals(points.length, 300);
  assertStringIncludes(group.caption, "Showing 300 of 400 cells, from best to worst.");
});

Deno.test("pairedDifferences() says that the first point of a sample is no chosen baseline", () => {
  const captionOf = (sample: Sample) =>
    chartsOf(sampleInput(sample)).get("paired-differences")?.group.caption ?? "";
  const sentence = "The baseline is only the first point of the sample";
  assertStringIncludes(captionOf(SAMPLES.sampled), sentence);
  assert(!captionOf(WITH_BASELINE).includes(sentence));
  assert(!captionOf(SAMPLES.threeWays).includes(sentence));
});
