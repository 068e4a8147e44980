import { assertEquals, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../src/report/analysis_of.ts";
import { figures } from "../../src/report/figures.ts";
import { rankCells } from "../../src/report/report_cell.ts";
import { type Sample, sampleInput } from "./_sample_input.ts";
import { LARGE, SAMPLES } from "./_samples.ts";

function figuresOf(sample: Sample) {
  const input = sampleInput(sample);
  return figures(rankCells(input), input, analysisOf(input));
}

/** The charts of a sweep, but for those that every sweep has. */
function specialCharts(sample: Sample): string[] {
  return figuresOf(sample).flatMap(({ charts }) => charts.map(({ id }) => id)).filter((id) =>
    !/^(ranked-cells|learning-curves|run-times|weights-\d)$/.test(id)
  );
}

Deno.test("figures() shows each chart where it makes sense", () => {
  assertEquals(specialCharts(SAMPLES.oneCell), []);
  assertEquals(specialCharts(SAMPLES.oneSeed), ["paired-differences", "strength-l2-penalty"]);
  assertEquals(specialCharts(SAMPLES.l1VsL2), [
    "paired-differences",
    "strength-l1-penalty",
    "strength-l2-penalty",
  ]);
  assertEquals(specialCharts(SAMPLES.elasticNet), [
    "paired-differences",
    "strength-l1-penalty",
    "strength-l2-penalty",
    "heat-map",
    "importance",
  ]);
  assertEquals(specialCharts(SAMPLES.fourTechniques).slice(-2), [
    "strength-prune-threshold",
    "sparsity",
  ]);
  assertEquals(specialCharts(SAMPLES.threeWays).slice(-2), ["parallel-coordinates", "importance"]);
});

Deno.test("figures() shows a map with gaps, but no importance, where runs are lost", () => {
  assertEquals(specialCharts(SAMPLES.diverged).slice(-1), ["heat-map"]);
});

Deno.test("figures() draws all of a map, however large, and the best of what has rows", () => {
  const drawn = new Map(
    figuresOf(LARGE).flatMap(({ charts }) => charts).map(({ id, spec }) => [
      id,
      JSON.stringify(spec).match(/"name":"l1_penalty/g)?.length,
    ]),
  );
  assertEquals(drawn.get("heat-map"), 1000);
  // A row's ground and its estimate.
  assertEquals(drawn.get("paired-differences"), 80);
});

Deno.test("figures() thins the lines of parallel coordinates, best to worst", () => {
  const values = Array.from({ length: 10 }, (_, place) => place / 1000);
  const all = figuresOf({
    name: "cube",
    grid: [{ l1_penalty: values, l2_penalty: values, dropout: values }],
    seeds: 1,
    evaluations: 2,
    accuracy: ({ l1_penalty, dropout }) => 0.9 + Number(l1_penalty) + Number(dropout),
  });
  const caption = all.find(({ charts }) => charts[0].id === "parallel-coordinates")?.caption ?? "";
  assertStringIncludes(caption, "Of 1,000 cells, 200 are drawn, best to worst.");
});

Deno.test("figures() says what the verdicts mean, and gives every row one", () => {
  const [{ heading, caption, charts }] = figuresOf(SAMPLES.l1VsL2);
  assertEquals(heading, "Differences to the baseline");
  assertStringIncludes(caption, "Undecided: neither is shown.");
  const { params = [] } = charts[0].spec as { params?: { name: string; value?: object }[] };
  const labels = params.find(({ name }) => name === "labels")?.value ?? {};
  assertEquals(Object.keys(labels).length, 8);
});
