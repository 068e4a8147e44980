import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  criticalDifferenceChart,
  isCutInDiagram,
} from "../../../src/report/charts/critical_difference.ts";
import { staticChart } from "../../../src/report/charts/static_chart.ts";
import { pageConfig } from "../../../src/report/theme.ts";
import { compareOverTables } from "../../../src/statistics/over_tables/compare_over_tables.ts";

/** Cells of which each is better than the next on all tables. */
function ranked(count: number, tables: number) {
  const cells = Array.from({ length: count }, (_, index) => `cell ${index}`);
  const scored = Array.from({ length: tables }, (_, table) => ({
    name: `t${table}`,
    scores: new Map(cells.map((cell, index) => [cell, { mean: 1 - index / 100 }])),
  }));
  return compareOverTables(cells, scored, { baseline: "cell 0", largerIsBetter: true });
}

/** The values of the layers' data. */
function valuesOf(spec: ReturnType<typeof criticalDifferenceChart>): Record<string, unknown>[][] {
  const { layer } = spec as unknown as { layer: { data: { values: Record<string, unknown>[] } }[] };
  return layer.map(({ data }) => data.values);
}

Deno.test("criticalDifferenceChart() joins cells that are closer than the critical difference", async () => {
  const over = ranked(4, 20);
  // Mean ranks are 1, 2, 3 and 4; only neighbours are closer.
  assert(over.criticalDifference > 1 && over.criticalDifference < 2);
  const spec = criticalDifferenceChart(over, (cell) => `the ${cell}`);
  const [, , , groups, stems] = valuesOf(spec);
  assertEquals(groups.map(({ from, to }) => [from, to]), [[1, 2], [2, 3], [3, 4]]);
  assertEquals(stems.map(({ rank, isLeft }) => [rank, isLeft]), [
    ...[[1, true], [2, true]],
    ...[[3, false], [4, false]],
  ]);
  const svg = await staticChart(spec, pageConfig());
  for (const text of ["the cell 0", "the cell 3", "Mean rank", "CD "]) {
    assertStringIncludes(svg, text);
  }
});

Deno.test("criticalDifferenceChart() names the best and the worst of many cells", () => {
  const [, , , , stems] = valuesOf(criticalDifferenceChart(ranked(30, 5), (cell) => cell));
  const names = stems.map(({ name }) => name);
  assertEquals([names.length, names[0], names.at(-1)], [20, "cell 0", "cell 29"]);
});

Deno.test("isCutInDiagram() knows which names are drawn whole", async () => {
  for (const length of [28, 29]) {
    const name = "m".repeat(length);
    const spec = criticalDifferenceChart(ranked(2, 5), (cell) => cell === "cell 0" ? name : cell);
    const svg = await staticChart(spec, pageConfig());
    assertEquals(svg.includes(`>${name}<`), !isCutInDiagram(name), `${length} characters`);
  }
});
