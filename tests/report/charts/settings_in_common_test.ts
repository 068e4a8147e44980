import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ReportInput } from "../../../src/report/report_input.ts";
import type { ManifestSearch } from "../../../src/results/manifest.ts";
import { randomStream } from "../../../src/random_stream.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

const KEYS = ["dropout", "batch_norm", "l1_penalty"] as const;

/** Points of which dropout makes some better, and a baseline beside them. */
function drawnSample(): Sample {
  const random = randomStream("settings in common");
  const points = Array.from({ length: 60 }, () => ({
    dropout: [random() < 0.5 ? 0 : 0.3],
    batch_norm: [random() < 0.5 ? "off" : "on"],
    l1_penalty: [1e-5 * (1 + Math.floor(1000 * random()))],
  }));
  return {
    name: "in-common",
    grid: [{}, ...points],
    seeds: 4,
    accuracy: ({ dropout }) => Number(dropout) > 0 ? 0.96 : 0.9,
  };
}

/** The same, as found by a search in batches of 20. */
function searched(input: ReportInput): ReportInput {
  const { manifest } = input;
  const [best] = manifest.experiment.cells;
  const search: ManifestSearch = {
    ...{ method: "tpe", points: 60, batches: 3 },
    found: [21, 41, 61].map((cells) => ({ cells, best: best.name, mean: 0.9 })),
  };
  return {
    ...input,
    manifest: { ...manifest, experiment: { ...manifest.experiment, search } } as typeof manifest,
  };
}

/** The chart's rows, and what is said of them. */
function commonOf(input: ReportInput) {
  const { group, spec } = chartsOf(input).get("common") ?? {};
  assert(group && spec);
  const { data } = spec.spec as unknown as {
    data: { values: { name: string; ofBest: string; ofOthers: string; isShown: boolean }[] };
  };
  return { ...group, rows: data.values };
}

Deno.test("settingsInCommon() counts the regularizers of the best points, and says what is sure", () => {
  const input = sampleInput(drawnSample());
  const cells = input.cells.filter(({ cell }) => cell !== "all");
  const ranked = cells.toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0));
  const threshold = ranked[Math.ceil(cells.length / 4) - 1].mean ?? 0;
  const best = cells.filter(({ mean = 0 }) => mean >= threshold);
  for (const own of [input, searched(input)]) {
    const { rows, caption, table } = commonOf(own);
    assertEquals(rows.length, KEYS.length);
    const [dropout, ...others] = rows;
    assertEquals([dropout.name, dropout.isShown], ["Dropout", true]);
    assertEquals(dropout.ofBest, `${best.length} of ${best.length}`);
    const rest = cells.filter((cell) => !best.includes(cell));
    const having = rest.filter(({ values }) => Number(values.dropout) > 0);
    assertEquals(dropout.ofOthers, `${having.length} of ${rest.length}`);
    assert(others.every(({ isShown }) => !isShown));
    // All cells have the penalty: what counts is whether it is strong.
    assert(others.some(({ name }) => name.startsWith("L1 penalty above 0.00")));
    assertStringIncludes(caption, `all of the ${best.length} best have dropout`);
    assertStringIncludes(caption, "More than chance explains, being good goes with dropout");
    assertEquals(table?.text.match(/<th scope="row">/g)?.length, KEYS.length);
    const isSearched = own !== input;
    assertEquals(caption.includes("Only cells of the same batch are compared"), isSearched);
    assertEquals(table?.text.includes("test within batches"), isSearched);
  }
});

Deno.test("settingsInCommon() says so where chance explains what the best have in common", () => {
  const input = sampleInput({ ...drawnSample(), accuracy: () => 0.9 });
  const { rows, caption } = commonOf(searched(input));
  assert(rows.every(({ isShown }) => !isShown));
  assertStringIncludes(caption, "This can be chance, or what the search came to draw");
});

Deno.test("settingsInCommon() is of searches and samples with regularizers only", () => {
  for (const sample of [SAMPLES.elasticNet, SAMPLES.fourTechniques, SAMPLES.conditional]) {
    assertEquals(chartsOf(sampleInput(sample)).has("common"), false);
  }
  assert(chartsOf(sampleInput(SAMPLES.manyPoints)).has("common"));
});
