import { assertEquals, assertObjectMatch, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups, detailChartGroups } from "../../../src/report/charts/chart_groups.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { LARGE, SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

function groupsOf(sample: Sample) {
  const input = sampleInput(sample);
  return chartGroups(rankCells(input), input, analysisOf(input));
}

/** The charts of a sweep, but for those that every sweep has. */
function specialCharts(sample: Sample): string[] {
  return groupsOf(sample).flatMap(({ charts }) => charts.map(({ id }) => id)).filter((id) =>
    !/^(ranked-cells|learning-curves|confusion|run-times|(weights|units)-\d)$/.test(id)
  );
}

Deno.test("chartGroups() shows each chart where it makes sense", () => {
  assertEquals(specialCharts(SAMPLES.oneCell), []);
  assertEquals(specialCharts(SAMPLES.oneSeed), ["paired-differences", "strength-l2-penalty"]);
  assertEquals(specialCharts(SAMPLES.l1VsL2), [
    "paired-differences",
    "indistinct-cells",
    "strength-l1-penalty",
    "strength-l2-penalty",
  ]);
  assertEquals(specialCharts(SAMPLES.elasticNet), [
    "paired-differences",
    "indistinct-cells",
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
  // With one seed, chance cannot be ruled out.
  assertEquals(specialCharts({ ...SAMPLES.threeWays, seeds: 1 }).slice(-1), [
    "parallel-coordinates",
  ]);
});

Deno.test("chartGroups() shows a map with gaps, but no importance, where runs are lost", () => {
  assertEquals(specialCharts(SAMPLES.diverged).slice(-1), ["heat-map"]);
});

Deno.test("detailChartGroups() draws the first layer's units of the cells that were scored, best first", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const titles = (input: ReportInput) =>
    detailChartGroups(rankCells(input), input, analysisOf(input)).flatMap(({ charts }) => charts)
      .filter(({ id }) => id.startsWith("units")).map(({ title }) => title);
  assertEquals(
    titles(input),
    ["l1_penalty=0.001", "l1_penalty=0"].map((name) => `First layer of ${name}`),
  );
  assertEquals(titles({ ...input, units: undefined }), []);
});

Deno.test("chartGroups() adds the seeds' confusion matrices up, classes in their order", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const count = (seed: number, actual: string, predicted: string, count: number) => {
    return { run: `${seed}`, seed, actual, predicted, count };
  };
  const confusion = [
    ...[count(1, "10", "10", 3), count(1, "9", "10", 1), count(1, "9", "9", 1)],
    ...[count(2, "10", "10", 3), count(2, "9", "9", 2)],
  ];
  const tilesOf = (input: ReportInput) => {
    return chartGroups(rankCells(input), input, analysisOf(input))
      .flatMap(({ charts }) => charts).find(({ id }) => id === "confusion")?.spec.data;
  };
  const [actual10, actual9] = [{ actualName: "10", of: 6 }, { actualName: "9", of: 4 }];
  assertObjectMatch(tilesOf({ ...input, confusion }) ?? {}, {
    values: [
      { ...actual10, predictedName: "10", count: 6, text: "100", isRight: true },
      { ...actual9, predictedName: "10", count: 1, text: "25", isRight: false, isDeep: true },
      { ...actual9, predictedName: "9", count: 3, text: "75", isRight: true, actual: 0 },
    ],
  });
  assertEquals(tilesOf({ ...input, confusion: undefined }), undefined);
});

Deno.test("chartGroups() draws all of a map, however large, and the best of what has rows", () => {
  const drawn = new Map(
    groupsOf(LARGE).flatMap(({ charts }) => charts).map(({ id, spec }) => [
      id,
      JSON.stringify(spec).match(/"name":"l1_penalty/g)?.length,
    ]),
  );
  assertEquals(drawn.get("heat-map"), 1000);
  // A row's ground and its estimate.
  assertEquals(drawn.get("paired-differences"), 80);
});

Deno.test("chartGroups() thins the lines of parallel coordinates, best to worst", () => {
  const values = Array.from({ length: 10 }, (_, place) => place / 1000);
  const all = groupsOf({
    name: "cube",
    grid: [{ l1_penalty: values, l2_penalty: values, dropout: values }],
    seeds: 1,
    evaluations: 2,
    accuracy: ({ l1_penalty, dropout }) => 0.9 + Number(l1_penalty) + Number(dropout),
  });
  const caption = all.find(({ charts }) => charts[0].id === "parallel-coordinates")?.caption ?? "";
  assertStringIncludes(caption, "Showing 200 of 1,000 cells, from best to worst.");
});

Deno.test("chartGroups() says what the verdicts mean, and gives every row one", () => {
  const [{ heading, caption, charts }] = groupsOf(SAMPLES.l1VsL2);
  assertEquals(heading, "Differences from the baseline");
  assertStringIncludes(caption, "Undecided: neither.");
  const { params = [] } = charts[0].spec as { params?: { name: string; value?: object }[] };
  const labels = params.find(({ name }) => name === "labels")?.value ?? {};
  assertEquals(Object.keys(labels).length, 8);
});

Deno.test("chartGroups() lists each class's recall, and how far it varies", () => {
  const input = sampleInput({
    ...SAMPLES.skewed,
    recall: (name, seed) => name === "spill" ? seed / 40 : 1,
  });
  const [{ table }] = chartGroups(rankCells(input), input, analysisOf(input))
    .filter(({ heading }) => heading === "Confusion matrix");
  const rows = [...table?.text.matchAll(/<tr><th scope="row"><bdi>(.*?)<\/tr>/gs) ?? []]
    .map(([, row]) => row.split(/<[^>]*>\s*/).filter((text) => text !== ""));
  assertEquals(rows, [
    ["no spill", "179", "100.0", "100.0 to 100.0"],
    ["spill", "8", "11.3", "0.0 to 25.0"],
  ]);
  assertEquals(
    chartGroups(rankCells(input), { ...input, confusion: undefined }, analysisOf(input))
      .some(({ table }) => table),
    false,
  );
});

Deno.test("chartGroups() lists the worst recalls where there are too many classes for a matrix", () => {
  const classes = Array.from({ length: 100 }, (_, place) => ({ name: `class ${place}`, rows: 20 }));
  const input = sampleInput({
    ...SAMPLES.skewed,
    classes,
    recall: (name) => Number(name.slice(6)) / 100,
  });
  const [{ charts, table }] = chartGroups(rankCells(input), input, analysisOf(input))
    .filter(({ heading }) => heading === "Recall of each class");
  assertEquals(charts, []);
  assertEquals(table?.text.match(/<th scope="row">/g)?.length, 60);
  assertStringIncludes(table?.text ?? "", "the 60 classes with the lowest recall of 100");
});

Deno.test("chartGroups() draws the accuracy of always predicting the commonest class", () => {
  const rankedOf = (sample: Sample) => {
    const { group, spec } = chartsOf(sampleInput(sample)).get("ranked-cells") ?? {};
    return { caption: group?.caption ?? "", constant: spec?.rows("constant") };
  };
  const near = rankedOf(SAMPLES.skewed);
  assertEquals(near.constant, [{ value: 95.62433 }]);
  assertStringIncludes(
    near.caption,
    "Always predicting the commonest class, no spill, would get 95.6% of all rows right: " +
      "the dotted line.",
  );
  const classes = [{ name: "a", rows: 30 }, { name: "b", rows: 20 }, { name: "c", rows: 20 }];
  const far = rankedOf({ ...SAMPLES.skewed, classes });
  assertEquals(far.constant, []);
  assertStringIncludes(far.caption, "would get 42.9% of all rows right, which is beyond the axis.");
  // Nobody counted the classes, or they are not what is compared.
  for (const sample of [SAMPLES.l1VsL2, { ...SAMPLES.skewed, metric: "validation_loss" }]) {
    assertEquals(rankedOf(sample).caption.includes("lways"), false);
  }
});

Deno.test("chartGroups() draws no equivalence band where the experiment has none", () => {
  const rowsOf = (equivalence: number) => {
    const { spec, group } = chartsOf(sampleInput({ ...SAMPLES.l1VsL2, equivalence }))
      .get("paired-differences") ?? {};
    return [spec?.rows("band").length, group?.caption.includes("quivalent")];
  };
  assertEquals(rowsOf(0.005), [1, true]);
  assertEquals(rowsOf(0), [0, false]);
});
