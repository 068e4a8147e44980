import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { toShown } from "../../../src/report/estimate.ts";
import { pairTable } from "../../../src/statistics/all_pairs.ts";
import { compareAny, isClearlyDifferent } from "../../../src/statistics/compare_any.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf, type ChartSpec } from "./_charts_of.ts";

for (const name of ["l1VsL2", "elasticNet", "diverged", "prices"] as const) {
  Deno.test(`indistinctCells() joins two cells exactly if no interval tells them apart: ${name}`, () => {
    const input = sampleInput(SAMPLES[name]);
    const { spec } = chartsOf(input).get("indistinct-cells") ?? {};
    const table = pairTable(input.runs, analysisOf(input));
    const lines: string[][] = spec?.param("lines");
    const cells = spec?.rows("cells").concat(spec.rows("beyond")).map(({ name }) => name) ?? [];
    assert(lines.length > 0 && cells.length > 2);
    for (const a of cells) {
      for (const b of cells) {
        if (a === b) continue;
        const isJoined = lines.some((members) => members.includes(a) && members.includes(b));
        assertEquals(isJoined, !isClearlyDifferent(compareAny(a, b, table)), `${a}, ${b}`);
      }
    }
    // The chart's rows are the members of its lines.
    const members = spec?.rows("members") ?? [];
    lines.forEach((names, line) => {
      assertEquals(members.filter((row) => row.line === line).map(({ name }) => name), names);
    });
  });
}

Deno.test("indistinctCells() agrees with the verdicts on the baseline's row", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const { spec, group } = chartsOf(input).get("indistinct-cells") ?? {};
  const { baseline } = input.manifest.experiment;
  const near = new Set(
    (spec?.param("lines") as string[][]).filter((names) => names.includes(baseline)).flat(),
  );
  for (const { cell, verdict } of input.comparisons) {
    assertEquals(near.has(cell), verdict === "undecided" || verdict === "equivalent", cell);
  }
  assertStringIncludes(group?.caption ?? "", "hold for all 36 pairs together");
});

Deno.test("indistinctCells() draws differences where cells have different seeds", () => {
  const input = sampleInput(SAMPLES.looks);
  const { spec, group } = chartsOf(input).get("indistinct-cells") ?? {};
  const drawn = new Map(spec?.rows("cells").map(({ name, mean }) => [name, mean]));
  assertEquals(drawn.get(input.manifest.experiment.baseline), 0);
  for (const { cell, meanDifference = NaN } of input.comparisons) {
    if (drawn.has(cell)) assertEquals(drawn.get(cell), toShown(100 * meanDifference));
  }
  assertStringIncludes(group?.caption ?? "", "mean differences from the baseline");
});

Deno.test("indistinctCells() has the axis of the cells' means, so that it exaggerates nothing", () => {
  for (const name of ["l1VsL2", "elasticNet", "skewed", "loss", "prices"] as const) {
    const charts = chartsOf(sampleInput(SAMPLES[name]));
    const [pairs, ranking] = ["indistinct-cells", "ranked-cells"].map((id) => charts.get(id)?.spec);
    assert(pairs && ranking, name);
    assertEquals(domainOf(pairs), domainOf(ranking), name);
    const beyondOf = (spec: typeof pairs) =>
      spec.rows("beyond").map(({ name, text }) => [name, text]);
    assertEquals(beyondOf(pairs), beyondOf(ranking), name);
  }
});

Deno.test("indistinctCells() shows differences with as much of the axis as their intervals take", () => {
  const charts = chartsOf(sampleInput(SAMPLES.looks));
  const pairs = charts.get("indistinct-cells")?.spec;
  assert(pairs);
  const [low, high] = domainOf(pairs);
  for (const cell of charts.get("paired-differences")?.spec.rows("cells").slice(0, 3) ?? []) {
    assert(low <= cell.low && cell.high <= high, `${cell.name} within ${low} to ${high}`);
  }
});

Deno.test("indistinctCells() draws nothing for two cells, single seeds, or where nothing differs", () => {
  for (const name of ["oneCell", "oneSeed", "undecided", "allDiverged"] as const) {
    assertFalse(chartsOf(sampleInput(SAMPLES[name])).has("indistinct-cells"), name);
  }
});

Deno.test("indistinctCells() keeps its lines within a phone's width, however many there are", () => {
  const input = sampleInput({
    name: "many",
    grid: [{ dropout: Array.from({ length: 40 }, (_, index) => index / 50) }],
    seeds: 10,
    accuracy: ({ dropout }) => 0.9 + 0.1 * Number(dropout),
  });
  const { spec } = chartsOf(input).get("indistinct-cells") ?? {};
  const lines: string[][] = spec?.param("lines");
  assert(lines.length > 4, `${lines.length} lines`);
  const { padding } = spec?.spec as { padding: { right: number } };
  assert(padding.right < 150, `${padding.right} pixels for ${lines.length} lines`);
});

/** The ends of the axis of values; lines have places of their own. */
function domainOf({ layers }: ChartSpec): [number, number] {
  return layers.find(({ encoding }) => encoding?.x?.scale)?.encoding.x.scale.domain;
}
