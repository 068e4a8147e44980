import { assertAlmostEquals, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { sampleInput } from "../_sample_input.ts";
import { LARGE, SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

/** The areas under the outlines of a chart of weights. */
function areasOf(rows: readonly { edge: number[]; density: number[] }[]): number[] {
  return rows.map(({ edge, density }) =>
    edge.slice(1).reduce((area, end, at) => area + density[at] * (end - edge[at]), 0)
  );
}

Deno.test("weightHistograms() draws densities: the same area for every cell, wide or narrow", () => {
  const { spec } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("weights-0") ?? {};
  const areas = areasOf(spec?.rows("cells") ?? []);
  assertEquals(areas.length, 9);
  for (const area of areas) assertAlmostEquals(area, 1, 1e-4);
  assertEquals(spec?.channel("y").title, "Density");
});

Deno.test("weightHistograms() gives weights that are all equal a narrow bin of the same area", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const [{ run }] = input.runs;
  const others = new Set(
    input.runs.filter(({ cell }) => cell === "l1_penalty=0").map(({ run }) => run),
  );
  const histograms = input.histograms.map((row) =>
    others.has(row.run) ? { ...row, minimum: 0, maximum: 0 } : row
  );
  const { spec } = chartsOf({ ...input, histograms }).get("weights-0") ?? {};
  const [equal] = spec?.rows("cells").filter(({ name }) => name === "l1_penalty=0") ?? [];
  assertEquals(run === "", false);
  assertEquals(equal.edge.length, 3);
  assertAlmostEquals(areasOf([equal])[0], 1, 1e-4);
});

Deno.test("weightHistograms() has a chart for the layers that its first cells have, no more", () => {
  const charts = [...chartsOf(sampleInput(SAMPLES.depths)).keys()];
  assertEquals(charts.filter((id) => id.startsWith("weights")), [
    "weights-0",
    "weights-1",
    "weights-2",
  ]);
});

Deno.test("captions say how many cells are drawn only above charts that draw them", () => {
  const charts = chartsOf(sampleInput(LARGE));
  for (const id of ["weights-0", "learning-curves"]) {
    const caption = charts.get(id)?.group.caption ?? "";
    assertFalse(caption.includes("Showing the best"), id);
    assertStringIncludes(caption, "Only the best 40 of 1,000 cells can be drawn.");
  }
  assertStringIncludes(charts.get("ranked-cells")?.group.caption ?? "", "Showing the best 40");
});

Deno.test("weightHistograms() names a single line where other charts have several", () => {
  const charts = chartsOf(sampleInput(SAMPLES.depths));
  const namesIn = (id: string) => charts.get(id)?.spec.channel("color").legend?.values;
  assertEquals(namesIn("weights-0"), ["baseline", "Hidden widths"]);
  assertEquals(namesIn("weights-2"), ["Hidden widths"]);
  const { group } = charts.get("weights-0") ?? {};
  assertStringIncludes(group?.caption ?? "", "Layers that only other cells have are not drawn.");
});

Deno.test("weightHistograms() writes ticks as plain decimals, and with powers where they are long", () => {
  const input = sampleInput(SAMPLES.l1VsL2);
  const formatsOf = (factor: number) => {
    const histograms = input.histograms.map((row) => ({
      ...row,
      minimum: row.minimum * factor,
      maximum: row.maximum * factor,
    }));
    const { spec } = chartsOf({ ...input, histograms }).get("weights-0") ?? {};
    return ["x", "y"].map((channel) => spec?.channel(channel).axis.format);
  };
  assertEquals(formatsOf(1), [",~f", ",~f"]);
  assertEquals(formatsOf(1e9), ["~g", "~g"]);
});
