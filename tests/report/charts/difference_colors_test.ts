import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

function mapOf(sample: Sample) {
  const chart = chartsOf(sampleInput(sample)).get("heat-map");
  assert(chart);
  const { values: tiles } = chart.spec.spec.data as {
    values: { name: string; difference?: number; isBaseline?: boolean; isDeep: boolean }[];
  };
  return { color: chart.spec.channel("color"), tiles, caption: chart.group.caption };
}

Deno.test("heatMap() colours by the difference from the baseline, the band in the middle", () => {
  const { color, tiles, caption } = mapOf(SAMPLES.elasticNet);
  assertEquals([color.field, color.scale.type, color.scale.range], [
    "difference",
    "threshold",
    "diverging",
  ]);
  const thresholds: number[] = color.scale.domain;
  assertEquals(thresholds.slice(2, 4), [-0.5, 0.5]);
  assertEquals(thresholds, thresholds.map((threshold) => -threshold).reverse());
  assertEquals(tiles.find(({ isBaseline }) => isBaseline)?.difference, 0);
  assertStringIncludes(
    caption,
    "grey within ±0.5\u00a0points, which counts as negligible",
  );
});

Deno.test("heatMap() gives what lies within the band one colour, however little else differs", () => {
  const flat = { ...SAMPLES.elasticNet, name: "flat", accuracy: () => 0.9725 };
  const { color, tiles } = mapOf(flat);
  const stepOf = (value: number) =>
    color.scale.domain.filter((threshold: number) => threshold <= value).length;
  const small = tiles.filter(({ difference = NaN }) => Math.abs(difference) < 0.5);
  assert(small.length > 10);
  assertEquals(new Set(small.map(({ difference = NaN }) => stepOf(difference))), new Set([3]));
});

Deno.test("heatMap() turns the colours round where smaller is better", () => {
  const byLoss = { ...SAMPLES.elasticNet, metric: "validation_loss" as const, equivalence: 0.01 };
  assertEquals([mapOf(byLoss).color.scale.reverse, mapOf(SAMPLES.elasticNet).color.scale.reverse], [
    true,
    false,
  ]);
});

Deno.test("heatMap() has no colours without a result of the baseline", () => {
  const lost: Sample = {
    ...SAMPLES.elasticNet,
    status: (cell) => cell === "l1_penalty=0 l2_penalty=0" ? "diverged" : undefined,
  };
  const { color, tiles } = mapOf(lost);
  assertEquals(color, undefined);
  assertEquals(tiles.filter(({ isDeep }) => isDeep), []);
});

Deno.test("heatMap() writes the middle of its scale as 0 where no band is neutral", () => {
  const { color } = mapOf({ ...SAMPLES.elasticNet, equivalence: 0 });
  const inner = color.scale.domain[3];
  assert(inner > 0);
  assertEquals(color.legend.labelExpr, `abs(datum.value) <= ${inner} ? "0" : datum.label`);
  assertEquals(mapOf(SAMPLES.elasticNet).color.legend.labelExpr, undefined);
});

Deno.test("heatMap() breaks the title of few rows into lines, and names both axes in one sentence", () => {
  const sample: Sample = {
    name: "two-rows",
    grid: [{ hidden: [[], [16]], label_smoothing: [0, 0.1, 0.2] }],
    seeds: 3,
    accuracy: () => 0.9,
  };
  const { group, spec } = chartsOf(sampleInput(sample)).get("heat-map") ?? {};
  assertEquals(spec?.channel("y").title.slice(0, 2), ["Hidden", "widths"]);
  assertEquals(group?.heading, "Hidden widths and label smoothing");
});
