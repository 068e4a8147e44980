import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import type { TopLevelSpec } from "vega-lite";
import type { ChartGroup } from "../../../src/report/charts/chart.ts";
import { chartSection } from "../../../src/report/sections/chart_section.ts";
import { textOf } from "./_text_of.ts";

function sectionOf(group: ChartGroup): string {
  return textOf([chartSection(group)]);
}

function curves(count: number): ChartGroup {
  const cell = { color: 1, isShown: false, schedule: 0, replicates: [] };
  return {
    id: "curves",
    heading: "Learning curves",
    caption: "",
    charts: [],
    curves: {
      ...{ measures: [], schedules: [[0, 1]], margins: [], replicates: [] },
      cells: Array.from({ length: count }, (_, index) => ({ ...cell, name: `cell ${index}` })),
    },
  };
}

Deno.test("chartSection() folds a legend of many cells, and says how many there are", () => {
  const text = sectionOf(curves(40));
  assertStringIncludes(text, '<fieldset class="legend" data-folded>');
  assertStringIncludes(text, ">Show all 40 cells</button>");
  assertEquals(text.match(/<label><input type="checkbox" value=/g)?.length, 40);
  assertFalse(sectionOf(curves(12)).includes("data-folded"));
});

Deno.test("chartSection() says which charts have too many rows for a third of a page", () => {
  const chart = (height: number) => ({
    id: `c${height}`,
    title: "",
    spec: { height } as TopLevelSpec,
  });
  const text = sectionOf({ ...curves(0), charts: [chart(300), chart(900)] });
  assertEquals(text.match(/<figure[^>]*>/g), ["<figure>", '<figure class="tall">']);
});

Deno.test("chartSection() lets the reader close what is secondary", () => {
  const group = { ...curves(1), isSecondary: true };
  assertStringIncludes(
    sectionOf(group),
    '<summary><h2 id="curves-heading">Learning curves</h2></summary>',
  );
  assertFalse(sectionOf(curves(1)).includes("<details"));
});
