import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { toShown } from "../../../src/report/estimate.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

Deno.test("pairedDifferences() draws the intervals that verdicts rest on", () => {
  const input = sampleInput(SAMPLES.undecided);
  const { group, spec } = chartsOf(input).get("paired-differences") ?? {};
  const bounds = new Map(input.comparisons.map(({ ciLowSimultaneous, ciHighSimultaneous }) => {
    return [toShown(100 * (ciLowSimultaneous ?? NaN)), toShown(100 * (ciHighSimultaneous ?? NaN))];
  }));
  const rows = spec?.rows("cells") ?? [];
  assert(rows.length > 0);
  for (const { low, high } of rows) assertEquals(bounds.get(low), high);
  const rules = spec?.layers.filter(({ data, mark }) =>
    data?.name === "cells" && mark.type === "rule"
  );
  assertEquals(rules?.length, 1);
  assertStringIncludes(group?.caption ?? "", "bars their simultaneous 95% intervals.");
  assertStringIncludes(group?.caption ?? "", "Equivalent: it lies within the grey band");
});

Deno.test("rankedCells() marks intervals that go on beyond the axis or beyond 100%", () => {
  const sample: Sample = {
    name: "near-one",
    grid: [{ dropout: [0, 0.1, 0.2] }],
    seeds: 3,
    accuracy: () => 0.995,
  };
  const { group, spec } = chartsOf(sampleInput(sample)).get("ranked-cells") ?? {};
  const cut = spec?.rows("cells").filter(({ high }) => high === 100).map(({ name }) => name);
  assert(cut && cut.length > 0);
  assertEquals(spec?.rows("cuts").map(({ name, at, angle }) => [name, at, angle]), [
    ...cut.map((name) => [name, 100, 90]),
  ]);
  assertStringIncludes(group?.caption ?? "", "An arrowhead marks an interval that goes on");
});

Deno.test("rankedCells() has no arrowheads where every interval ends on the axis", () => {
  const { group, spec } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("ranked-cells") ?? {};
  assertEquals(spec?.rows("cuts"), []);
  assertFalse(group?.caption.includes("arrowhead"));
});

Deno.test("rankedCells() writes values beyond the axis above the seeds of their rows", () => {
  const { spec } = chartsOf(sampleInput(SAMPLES.diverged)).get("ranked-cells") ?? {};
  const [halo, text] = spec?.layers.filter(({ data }) => data?.name === "beyond") ?? [];
  const seeds = spec?.layers.find(({ data, mark }) =>
    data?.name === "seeds" && mark.type === "point"
  );
  assert(halo.mark.dy < 0 && text.mark.dy < 0 && seeds?.mark.yOffset > 0);
  assertEquals(halo.mark.style, "halo");
});

Deno.test("chartGroups() ranks nothing where no run completed", () => {
  const ids = [...chartsOf(sampleInput(SAMPLES.allDiverged)).keys()];
  assertEquals(ids, ["run-times"]);
});

Deno.test("chartGroups() cuts no cell's name off, however long it is", () => {
  const { spec } = chartsOf(sampleInput(SAMPLES.sampled)).get("ranked-cells") ?? {};
  for (const labels of spec?.param("rowLabels") ?? []) {
    for (const [row, lines] of Object.entries<string[]>(labels)) assertEquals(lines.join(" "), row);
  }
  const [narrow] = spec?.param("rowLabels") ?? [];
  const widest = Math.max(...Object.values<string[]>(narrow).flat().map(({ length }) => length));
  assert(widest <= 24, `${widest} characters`);
});
