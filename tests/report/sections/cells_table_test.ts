import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { analysisOf } from "../../../src/report/analysis_of.ts";
import { chartGroups } from "../../../src/report/charts/chart_groups.ts";
import { rankCells, type ReportCell } from "../../../src/report/report_cell.ts";
import { cellsTable } from "../../../src/report/sections/cells_table.ts";
import { makeCellTable } from "../../../src/report/table/make_cell_table.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { LARGE, SAMPLES } from "../_samples.ts";
import { ChartSpec } from "../charts/_charts_of.ts";

function tableOf(sample: Sample, change = (cell: ReportCell) => cell) {
  const input = sampleInput(sample);
  const { manifest, test } = input;
  const analysis = analysisOf(input);
  const cells = rankCells(input).map(change);
  const { text } = cellsTable(cells, makeCellTable(cells, { analysis, manifest, test }), analysis);
  const headings = [...text.matchAll(/<th scope="col"([^>]*)>([^<]*)/g)]
    .map(([, attributes, heading]) => ({ attributes, heading: heading.trim() }));
  return { input, cells, analysis, text, headings };
}

Deno.test("cellsTable() starts with what answers the question, and ends with hyperparameters", () => {
  const headings = tableOf(SAMPLES.l1VsL2).headings.map(({ heading }) => heading);
  assertEquals(headings.slice(0, 4), ["Cell", "Mean (%)", "Difference (points)", "Verdict"]);
  assertEquals(headings.slice(-2), ["L1 penalty", "L2 penalty"]);
});

Deno.test("cellsTable() says by what it is sorted at first, and which way", () => {
  const sorted = (sample: Sample) =>
    tableOf(sample).headings.flatMap(({ heading, attributes }) => {
      const [, order] = attributes.match(/aria-sort="(\w+)"/) ?? [];
      return order === undefined ? [] : [`${heading.slice(0, 4)} ${order}`];
    });
  assertEquals(sorted(SAMPLES.l1VsL2), ["Mean descending"]);
  assertEquals(sorted(SAMPLES.loss), ["Mean ascending"]);
});

Deno.test("cellsTable() starts words at the left, and writes intervals beside their means", () => {
  const { text } = tableOf(SAMPLES.l1VsL2);
  assertEquals(text.match(/<td class="text">(?!–)/g)?.length, 8);
  // Means, and scores of the three cells that were scored.
  assertEquals(text.match(/<td[^>]*>[\d.]+ <small>[\d.]+ to [\d.]+<\/small>/g)?.length, 9 + 2);
});

Deno.test("cellsTable() and the chart show no difference that cannot be", () => {
  const { input, cells, analysis, text } = tableOf(
    SAMPLES.l1VsL2,
    (cell) =>
      cell.difference && cell.comparison
        ? {
          ...cell,
          comparison: { ...cell.comparison, ciLowSimultaneous: -2.82, ciHighSimultaneous: 3.13 },
          difference: { ...cell.difference, low: -282, high: 313 },
        }
        : cell,
  );
  assertStringIncludes(text, "<small>−100.00 to 100.00 (cut off)</small>");
  const [{ charts: [{ spec }] }] = chartGroups(cells, input, analysis);
  const [least, most] = new ChartSpec(spec).channel("x").scale.domain;
  assert(least >= -100 && most <= 100, `${least} to ${most}`);
});

Deno.test("cellsTable() ends with what always predicting the commonest class would have", () => {
  const { text, headings } = tableOf(SAMPLES.skewed);
  const [, foot] = text.match(/<tfoot>([^]*)<\/tfoot>/) ?? [];
  const fields = [...foot.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, field]) => field);
  assertEquals(fields[0], "Always no spill <small>for comparison</small>");
  const known = headings.map(({ heading }, column) => [heading, fields[column]])
    .filter(([, field]) => field === "95.62").map(([heading]) => heading);
  assertEquals(known, ["Mean (%)"]);
  assertEquals(fields.length, headings.length);
  assertEquals(tableOf(SAMPLES.l1VsL2).text.includes("<tfoot>"), false);
});

Deno.test("cellsTable() has no row of dashes where accuracies are details", () => {
  const hasFoot = (metric: Sample["metric"]) =>
    tableOf({ ...SAMPLES.skewed, metric }).text.includes("<tfoot>");
  assertEquals(hasFoot("validation_accuracy"), true);
  assertEquals(hasFoot("validation_loss"), false);
});

Deno.test("cellsTable() writes errors of any size, and says that lower is better", () => {
  const { text, headings } = tableOf(SAMPLES.prices);
  assertEquals(headings.slice(1, 3).map(({ heading }) => heading), [
    "Mean (lower is better)",
    "Difference (lower is better)",
  ]);
  assert(/>4\d,\d{3} <small>4\d,\d{3} to 4\d,\d{3}<\/small>/.test(text));
  assertEquals(/accuracy/i.test(text), false);
});

Deno.test("cellsTable() has the best of many cells, and says so", () => {
  const { text } = tableOf(LARGE);
  assertEquals(text.match(/<th scope="row">/g)?.length, 50);
  assertStringIncludes(text, "Showing the best 50 of 1,000 cells; cells.csv lists all.");
});
