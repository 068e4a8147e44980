import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** A panel's horizontal axis: its title and its scale. */
function axisOf(sample: Sample, id: string) {
  const x = chartsOf(sampleInput(sample)).get(id)?.spec.channel("x");
  return [x?.title, x?.scale.type];
}

function swept(key: string, values: readonly number[]): Sample {
  return { name: key, grid: [{ [key]: values }], seeds: 3, accuracy: () => 0.95 };
}

Deno.test("strengthCurves() says which axis is not linear, and keeps rates linear", () => {
  const axes = [
    axisOf(swept("steps", [50, 100, 200, 400, 800]), "strength-steps"),
    axisOf(swept("dropout", [0, 0.01, 0.1, 0.5]), "strength-dropout"),
    axisOf(SAMPLES.fourTechniques, "strength-l2-penalty"),
    axisOf(SAMPLES.fourTechniques, "strength-dropout"),
    axisOf(SAMPLES.threeWays, "strength-learning-rate"),
  ];
  assertEquals(axes, [
    ["Steps (log scale)", "log"],
    ["Dropout", "linear"],
    ["L2 penalty (symlog scale)", "symlog"],
    ["Dropout", "linear"],
    ["Learning rate (log scale)", "log"],
  ]);
});

Deno.test("strengthCurves() explains a symlog scale where there is one", () => {
  const captionOf = (sample: Sample, id: string) =>
    chartsOf(sampleInput(sample)).get(id)?.group.caption ?? "";
  assertStringIncludes(captionOf(SAMPLES.l1VsL2, "strength-l1-penalty"), "A symlog scale is");
  assert(!captionOf(swept("dropout", [0, 0.1, 0.2]), "strength-dropout").includes("symlog"));
});

Deno.test("strengthCurves() marks what leaves the frame, with the mean that does", () => {
  const values = [0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
  const sample: Sample = {
    ...swept("l2_penalty", values),
    accuracy: ({ l2_penalty }) => l2_penalty === 0.1 ? 0.3 : 0.95 + Number(l2_penalty),
  };
  const chart = chartsOf(sampleInput(sample)).get("strength-l2-penalty");
  const marks = chart?.spec.rows("beyond").filter(({ text }) => text !== "▾" && text !== "▴");
  assertEquals(marks?.map(({ strength, isLow }) => [strength, isLow]), [[0.1, true]]);
  assert(/^▾ (29|30|31)\.\d\d$/.test(marks?.[0].text), marks?.[0].text);
  assertEquals(marks?.[0].at, chart?.spec.channel("y").scale.domain[0]);
  assertStringIncludes(chart?.group.caption ?? "", "▾ and ▴ mark means and intervals");
});

Deno.test("strengthCurves() marks an interval that goes on beyond 100%", () => {
  const sample = { ...swept("dropout", [0, 0.1, 0.2]), accuracy: () => 0.996 };
  const chart = chartsOf(sampleInput(sample)).get("strength-dropout");
  assert(chart?.spec.rows("beyond").some(({ text, at }) => text === "▴" && at === 100));
});

Deno.test("strengthCurves() leaves numbers beyond the frame out where they would cover one another", () => {
  const formulasOf = (sample: Sample) =>
    [...chartsOf(sampleInput(sample)).values()].flatMap(({ spec }) =>
      spec.layers.filter(({ data, mark }) => data?.name === "beyond" && mark.style === "halo")
        .map(({ transform = [] }) => {
          // The text stays whole for a chart that becomes wider.
          if (transform.length > 0) assertEquals(transform[0].as, "shown");
          return transform[0]?.calculate;
        })
    );
  const [crowded] = formulasOf({
    ...SAMPLES.elasticNet,
    seeds: 10,
    accuracy: ({ l1_penalty }) => 0.9 - (l1_penalty === 0 ? 0.85 : 0),
  }).filter((formula) => formula !== undefined);
  assertMatch(crowded, /^width < \d+ \? slice\(datum\.text, 0, 1\) : datum\.text$/);
});

Deno.test("charts show the baseline's mean where half of the cells are far better", () => {
  const sample: Sample = {
    name: "standardize",
    grid: [{ class_weight: ["none", "balanced"], l2_penalty: [0, 0.001, 0.01] }],
    seeds: 3,
    accuracy: ({ class_weight, l2_penalty }) =>
      (class_weight === "none" ? 0.7 : 0.92) + Number(l2_penalty),
  };
  const charts = chartsOf(sampleInput(sample));
  const strength = charts.get("strength-l2-penalty");
  const [least] = strength?.spec.channel("y").scale.domain;
  assert(least < 70, `from ${least}`);
  const ranked = charts.get("ranked-cells");
  assertEquals(ranked?.spec.rows("baseline").length, 1);
  for (const chart of [strength, ranked]) {
    assertStringIncludes(chart?.group.caption ?? "", "The dashed line is the baseline’s mean.");
  }
});

Deno.test("charts do not speak of a baseline's line that they cannot show", () => {
  const sample: Sample = {
    ...swept("l2_penalty", [0, 0.001, 0.002, 0.003]),
    accuracy: ({ l2_penalty }) => l2_penalty === 0 ? 0.01 : 0.95 + Number(l2_penalty) / 10,
    metric: "validation_accuracy",
  };
  const charts = chartsOf(sampleInput(sample));
  for (const id of ["ranked-cells", "strength-l2-penalty"]) {
    const { caption = "" } = charts.get(id)?.group ?? {};
    const domain = charts.get(id)?.spec.channel(id === "ranked-cells" ? "x" : "y").scale.domain;
    assertEquals(caption.includes("The dashed line"), domain[0] <= 1, `${id}: ${domain}`);
  }
});

Deno.test("charts do not speak of the mean of a baseline that has none", () => {
  const sample: Sample = {
    ...SAMPLES.elasticNet,
    status: (cell) => cell === "l1_penalty=0 l2_penalty=0" ? "diverged" : undefined,
  };
  const { caption = "" } = chartsOf(sampleInput(sample)).get("ranked-cells")?.group ?? {};
  assertStringIncludes(caption, "means over the seeds");
  assertEquals(caption.match(/baseline’s mean/), null);
});

Deno.test("strengthCurves() leaves out numbers by where their marks are, which need not be even", () => {
  const sample: Sample = {
    ...swept("l2_penalty", [0.1, 0.3, 0.6, 0.9]),
    baseline: { l2_penalty: 0.9 },
    accuracy: ({ l2_penalty }) => Number(l2_penalty) < 0.5 ? 0.2 : 0.95,
  };
  const { spec } = chartsOf(sampleInput(sample)).get("strength-l2-penalty") ?? {};
  const marks = spec?.rows("beyond").filter(({ isLow }) => isLow);
  assertEquals(marks?.map(({ strength, align }) => [strength, align]), [
    [0.1, "left"],
    [0.3, "center"],
  ]);
  const halo = spec?.layers.find(({ data, mark }) =>
    data?.name === "beyond" && mark.style === "halo"
  );
  const [, width] = halo?.transform?.[0].calculate.match(/^width < (\d+)/) ?? [];
  // A quarter of the axis has room for one number and the half of another, of 7 characters each.
  assertEquals(Number(width), 7 * 7 * 1.5 / 0.25);
});

Deno.test("strengthCurves() has room for intervals even where lines are too many for bands", () => {
  const grid = [{
    dropout: [0, 0.1, 0.2],
    l2_penalty: [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n / 1e3),
  }];
  const sample = { name: "many-lines", grid, seeds: 3, accuracy: () => 0.95 };
  const charts = chartsOf(sampleInput(sample));
  const { spec } = charts.get("strength-dropout") ?? {};
  assertEquals(spec?.layers.filter(({ mark }) => mark.type === "area"), []);
  const domain = spec?.channel("y").scale.domain;
  assertEquals(domain, charts.get("strength-l2-penalty")?.spec.channel("y").scale.domain);
  for (const { low, high } of charts.get("ranked-cells")?.spec.rows("cells") ?? []) {
    assert(domain[0] <= low && high <= domain[1], `${low} to ${high} in ${domain}`);
  }
});

Deno.test("strengthCurves() gives a chart that would be empty an axis of its own", () => {
  const sample: Sample = {
    name: "far-apart",
    grid: [{ l2_penalty: [0, 0.1, 0.2, 0.3, 0.4] }, { dropout: [0.7, 0.9], max_norm: [1] }],
    seeds: 3,
    accuracy: ({ dropout = 0 }) => 0.95 - Number(dropout) / 2,
  };
  const charts = chartsOf(sampleInput(sample));
  const inside = (id: string) => {
    const { spec } = charts.get(id) ?? {};
    const [low, high] = spec?.channel("y").scale.domain ?? [];
    return spec?.rows("points").map(({ mean }) => low <= mean && mean <= high);
  };
  assertEquals(inside("strength-l2-penalty"), [true, true, true, true, true]);
  assertEquals(inside("strength-dropout"), [true, true]);
  assertStringIncludes(charts.get("strength-dropout")?.group.caption ?? "", "an axis of its own");
});
