import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { toShown } from "../../../src/report/estimate.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

const SWEEPS = [SAMPLES.looks, SAMPLES.looksUnfinished].map(sampleInput);

function chartOf(input: ReportInput) {
  const chart = chartsOf(input).get("looks");
  assert(chart !== undefined);
  return { ...chart, caption: chart.group.caption, table: chart.group.table?.text ?? "" };
}

Deno.test("raceLooks() ends with the intervals and verdicts of the comparisons", () => {
  for (const input of SWEEPS) {
    const { spec } = chartOf(input);
    const labels = spec.param("labels");
    const drawn = new Map(spec.rows("cells").map((row) => [row.name, row]));
    assertEquals(drawn.size, input.comparisons.length);
    for (const { cell, ciLowSimultaneous, ciHighSimultaneous, verdict, n } of input.comparisons) {
      const { low, high } = drawn.get(cell);
      const ends = [ciLowSimultaneous, ciHighSimultaneous];
      assertEquals([low, high], ends.map((end = NaN) => toShown(100 * end)));
      const word = labels[cell];
      assert([`${verdict} · ${n}`, `stopped · ${n}`].includes(word), `${cell}: ${word}`);
      if (word.startsWith("stopped")) assertEquals(verdict, "undecided");
    }
  }
});

Deno.test("raceLooks() draws a bar for every look, older ones further up", () => {
  const [input] = SWEEPS;
  const { spec, table } = chartOf(input);
  const looks = input.looks ?? [];
  const earlier = spec.rows("looks");
  const last = new Map(looks.map((row) => [row.cell, row.seeds]));
  assertEquals(
    earlier.length,
    looks.filter(({ cell, seeds }) => seeds < (last.get(cell) ?? 0)).length,
  );
  for (const { name, seeds, low, high } of earlier) {
    const { ciLow = NaN, ciHigh = NaN } = looks.find((row) =>
      row.cell === name && row.seeds === seeds
    ) ?? {};
    assertEquals([low, high], [toShown(100 * ciLow), toShown(100 * ciHigh)]);
  }
  const ages = earlier.filter(({ name }) => name === "l1_penalty=0.001").map(({ age }) => age);
  assertEquals(ages, [3, 2, 1]);
  assertEquals(table.match(/<tr><th scope="row">/g)?.length, looks.length);
  assertStringIncludes(table, "stopped: 40 seeds would probably not decide it");
});

Deno.test("raceLooks() says of an unfinished sweep which look it did not reach", () => {
  const [whole, unfinished] = SWEEPS.map((input) => chartOf(input).caption);
  assertStringIncludes(unfinished, "The sweep ended before the look after 20 seeds.");
  assertEquals(whole.includes("The sweep ended"), false);
});

Deno.test("raceLooks() puts cells in the order of their differences, as the ranking does", () => {
  for (const input of SWEEPS) {
    const charts = chartsOf(input);
    const orderOf = (id: string) => charts.get(id)?.spec.rows("rows").map(({ name }) => name) ?? [];
    const { baseline } = input.manifest.experiment;
    assertEquals(orderOf("looks"), orderOf("ranked-cells").filter((name) => name !== baseline));
    const differences = rankCells(input).map(({ difference }) => difference?.mean ?? 0);
    assertEquals(differences, differences.toSorted((a, b) => b - a));
    const { group } = charts.get("ranked-cells") ?? {};
    assertEquals(group?.heading, "Mean validation accuracy of each cell");
    assertStringIncludes(group?.caption ?? "", "in the order of their differences");
  }
  // That is not the order of their means, which differ by their seeds.
  const means = rankCells(SWEEPS[0]).map(({ summary }) => summary.mean ?? NaN);
  assert(means.some((mean, place) => place > 0 && mean > means[place - 1]));
});

Deno.test("raceLooks() tells cells that are stopped from those with too few pairs", () => {
  const [input] = SWEEPS;
  const looks = input.looks?.map((row) =>
    row.cell === "l1_penalty=0.00001" ? { ...row, outcome: "few_pairs" as const } : row
  );
  const { spec } = chartOf({ ...input, looks });
  const labels = spec.param("labels");
  assertEquals([labels["l1_penalty=0.00001"], labels["l2_penalty=0.00001"]], [
    "few pairs · 5",
    "stopped · 5",
  ]);
});
