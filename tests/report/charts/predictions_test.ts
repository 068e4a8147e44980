import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

const INPUT = sampleInput({ ...SAMPLES.prices, seeds: 2 });
const [{ run }] = INPUT.predictions ?? [];

function predicted(pairs: readonly (readonly [number, number])[]): ReportInput {
  const predictions = pairs.map(([actual, predicted], row) => {
    return { run, seed: 0, row, actual, predicted };
  });
  return { ...INPUT, predictions };
}

Deno.test("predictions() draws every test row of every run, with its residual", () => {
  const charts = chartsOf(predicted([[1, 2], [3, 2.5], [5, 5]]));
  const points = charts.get("predicted-actual")?.spec.rows("points");
  assertEquals(points?.map(({ actual, predicted, residual }) => [actual, predicted, residual]), [
    [1, 2, -1],
    [3, 2.5, 0.5],
    [5, 5, 0],
  ]);
  // The diagonal goes through both ends of axes that are the same.
  const spec = charts.get("predicted-actual")?.spec;
  const domain = spec?.channel("x").scale.domain;
  assertEquals(domain, spec?.channel("y").scale.domain);
  assertEquals(spec?.rows("exact"), domain.map((end: number) => ({ actual: end, predicted: end })));
  assertEquals(spec?.channel("x").title, "Actual price");
  assertEquals(charts.get("residuals")?.spec.rows("points"), points);
});

Deno.test("predictions() counts each residual once", () => {
  const charts = chartsOf(predicted([[1, 2], [3, 2.5], [5, 5], [5, 5]]));
  const bars = charts.get("residual-histogram")?.spec.rows("bars") ?? [];
  assertEquals(bars.reduce((sum, { count }) => sum + count, 0), 4);
  const [largest] = bars.toSorted((a, b) => b.count - a.count);
  assertEquals([largest.count, largest.from <= 0 && 0 <= largest.to], [2, true]);
});

Deno.test("predictions() leaves out what would hide the rest, and says so", () => {
  const { group, spec } =
    chartsOf(predicted([[1, 2], [3, 2.5], [5, 1e9], [5, NaN]])).get("predicted-actual") ?? {};
  assertEquals(spec?.rows("points").length, 2);
  assertStringIncludes(group?.caption ?? "", "2 predictions too far away are not drawn");
});

Deno.test("predictions() draws some of very many points, from all runs", () => {
  const many = Array.from({ length: 9000 }, (_, row) => ({
    ...{ run: `${row % 3}`, seed: Math.floor(row / 3000), row: row % 3000 },
    ...{ actual: row % 100, predicted: row % 90 },
  }));
  const charts = chartsOf({ ...INPUT, predictions: many });
  const { group, spec } = charts.get("predicted-actual") ?? {};
  const points = spec?.rows("points") ?? [];
  assertEquals(points.length, 2000);
  assertEquals(new Set(points.map(({ seed }) => seed)).size, 3);
  assertStringIncludes(group?.caption ?? "", "Showing 2,000 of 9,000 points, evenly chosen.");
  const bars = charts.get("residual-histogram")?.spec.rows("bars") ?? [];
  assertEquals(bars.reduce((sum, { count }) => sum + count, 0), 9000);
});

Deno.test("predictions() has nothing to draw of classes", () => {
  assertEquals(chartsOf(sampleInput(SAMPLES.skewed)).has("predicted-actual"), false);
  assertEquals(chartsOf({ ...INPUT, predictions: [] }).has("predicted-actual"), false);
});
