import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

function parallelOf(sample: Sample) {
  const chart = chartsOf(sampleInput(sample)).get("parallel-coordinates");
  assert(chart);
  const { group, spec } = chart;
  const titles: string[] = spec.param("phrases").map((lines: string[]) => lines.join(" ").trim());
  const axisOf = (title: string) => {
    const axis = titles.indexOf(title);
    const on = (row: { axis: number }) => row.axis === axis;
    return { lines: spec.rows("lines").filter(on), ticks: spec.rows("ticks").filter(on) };
  };
  return { ...group, spec, titles, axisOf };
}

Deno.test("parallelCoordinates() puts numbers at their values, and names the scale", () => {
  const { titles, axisOf } = parallelOf(SAMPLES.sampled);
  assertEquals(titles, [
    "Learning rate (log scale)",
    "L2 penalty (log scale)",
    "Dropout",
    "Activation",
    "Validation accuracy (%)",
  ]);
  const { lines, ticks } = axisOf("Learning rate (log scale)");
  assertEquals(ticks.map(({ text }) => text), ["0.005", "0.01", "0.02", "0.05", "0.1", "0.2"]);
  // The same ratio takes the same height.
  const heightOf = (text: string) => ticks.find((tick) => tick.text === text)?.height;
  assertAlmostEquals(heightOf("0.1") - heightOf("0.01"), heightOf("0.2") - heightOf("0.02"), 1e-5);
  const line = lines.find(({ name }) => name.startsWith("learning_rate=0.0999803"));
  assertAlmostEquals(line?.height, heightOf("0.1"), 1e-3);
});

Deno.test("parallelCoordinates() keeps lines near their number, and in words' own halves", () => {
  const { axisOf } = parallelOf(SAMPLES.threeWays);
  for (const { height, name } of axisOf("L2 penalty (symlog scale)").lines) {
    const [, value] = name.match(/l2_penalty=(\S+)/) ?? [];
    const tick = axisOf("L2 penalty (symlog scale)").ticks
      .find(({ text }) => Number(text) === Number(value));
    assert(Math.abs(height - tick?.height) <= 0.026, `${name} at ${height}`);
  }
  for (const { height, name } of axisOf("Activation").lines) {
    assertEquals(height > 0.5, name.includes("tanh"));
  }
});

Deno.test("parallelCoordinates() puts no mean where another would be", () => {
  const { axisOf, caption } = parallelOf(SAMPLES.sampled);
  const { lines, ticks } = axisOf("Validation accuracy (%)");
  const [below, ...scale] = ticks;
  assertEquals(below.text, "▾ 7.78 to 8.43");
  const far = lines.filter(({ mean }) => mean < 50);
  assertEquals(far.length, 3);
  assert(far.every(({ height }) => height === below.height));
  const [first, last] = [scale[0], scale[scale.length - 1]];
  const perPoint = (last.height - first.height) / (Number(last.text) - Number(first.text));
  for (const { height, mean } of lines.filter(({ mean }) => mean > 50)) {
    assertAlmostEquals(height, first.height + perPoint * (mean - Number(first.text)), 1e-5);
  }
  assertStringIncludes(caption, "Means far below the others stand under the last axis (▾).");
});

Deno.test("parallelCoordinates() gives cells without a value for a key a place below its scale", () => {
  const plan = {
    swept: ["a", "b", "c"].map((key) => ({ key, label: key, regularizer: false })),
    cells: ["", 1, 2, 3].flatMap((a) =>
      [1, 2].map((b) => ({ name: `${a} ${b}`, technique: "a × b × c", values: { a, b, c: b } }))
    ),
    baseline: "1 1",
    trainers: { mlp: 1 },
  };
  const gaps = { name: "gaps", plan, grid: [], seeds: 2, accuracy: () => 0.9 };
  const { axisOf, caption } = parallelOf(gaps);
  assertStringIncludes(`${caption} `, "Cells that go without a value stand apart (–). ");
  assertStringIncludes(
    `${parallelOf(SAMPLES.conditional).caption} `,
    "Cells that go without a value stand apart (–); a filter takes them at its default. ",
  );
  assertEquals(axisOf("a").ticks.map(({ text }) => text), ["–", "1", "2", "3"]);
  assert(axisOf("a").ticks[0].height < axisOf("a").ticks[1].height - 0.1);
});

Deno.test("parallelCoordinates() colours a sample by the median, not by its first point", () => {
  const { caption, spec } = parallelOf(SAMPLES.manyPoints);
  assertStringIncludes(caption, "Blue is better than the median cell");
  assertEquals(spec.channel("color").title, "Difference from the median cell (points)");
  const differences = spec.rows("lines").filter(({ axis }) => axis === 0)
    .map(({ difference }) => difference).sort((a, b) => a - b);
  assertEquals([differences.length, differences[50]], [100, 0]);
  assertStringIncludes(parallelOf(SAMPLES.threeWays).caption, "Blue is better than the baseline");
});
