import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups } from "../../../src/report/charts/chart_groups.ts";
import { staticChart } from "../../../src/report/charts/static_chart.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { pageConfig, pictureConfig } from "../../../src/report/theme.ts";
import { hostileInput } from "../_hostile_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

function chartsOf(input: ReportInput) {
  return chartGroups(rankCells(input), input, analysisOf(input)).flatMap(({ charts }) => charts);
}

Deno.test("staticChart() draws every chart the same twice, without styles or scripts", async () => {
  for (const sample of [SAMPLES.l1VsL2, SAMPLES.elasticNet, SAMPLES.threeWays]) {
    for (const { id, spec } of chartsOf(sampleInput(sample))) {
      const text = await staticChart(spec, pageConfig());
      assertEquals(await staticChart(spec, pageConfig()), text, id);
      assert(/^<svg [^>]*>.*<\/svg>$/s.test(text), id);
      assertFalse(/\s(style|on\w+|href|src)=|<(script|style|image|foreignObject)/i.test(text), id);
    }
  }
});

Deno.test("staticChart() draws charts at once as one by one", async () => {
  const specs = chartsOf(sampleInput(SAMPLES.elasticNet)).map(({ spec }) => spec);
  const draw = (spec: (typeof specs)[number]) => staticChart(spec, pageConfig());
  const oneByOne: string[] = [];
  for (const spec of specs) oneByOne.push(await draw(spec));
  assert(oneByOne.some((text) => text.includes("clip-path")));
  const atOnce = await Promise.all(specs.map(draw));
  assertEquals(atOnce.map((text, place) => text === oneByOne[place]), oneByOne.map(() => true));
});

Deno.test("staticChart() makes users' texts text", async () => {
  const [{ spec }] = chartsOf(hostileInput());
  const text = await staticChart(spec, pageConfig());
  assertStringIncludes(text, "&lt;/script&gt;");
  assertFalse(/<(script|img)/i.test(text));
});

Deno.test("staticChart() is as high as its rows, at the width that it has", async () => {
  const [{ spec }] = chartsOf(sampleInput(SAMPLES.threeWays));
  const [, width, height] = (await staticChart(spec, pictureConfig()))
    .match(/width="(\d+)" height="(\d+)"/) ?? [];
  // 23 cells compared, on one line each; axis and legend take the rest.
  assertEquals([width, Number(height) >= 23 * 24, Number(height) < 23 * 24 + 100], [
    "720",
    true,
    true,
  ]);
});
