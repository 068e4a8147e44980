import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { toShown } from "../../../src/report/estimate.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

const input = sampleInput(SAMPLES.halving);

/** The input of a sweep with so many cells, of which one in three was stopped after 50 steps. */
function halved(cells: number): ReportInput {
  const halving = Array.from({ length: cells }, (_, n) => ({
    step: 50,
    cell: n === 1 ? "<b>1</b>" : `cell ${n}`,
    values: {},
    n: n === 4 ? 0 : 2,
    mean: n === 4 ? undefined : 0.5,
    isKept: n % 3 !== 1,
  }));
  return { ...sampleInput(SAMPLES.elasticNet), halving };
}

function chartOf(input: ReportInput) {
  const chart = chartsOf(input).get("halving");
  assert(chart !== undefined);
  return { ...chart, caption: chart.group.caption, table: chart.group.table?.text ?? "" };
}

Deno.test("halvingRungs() lists those alone that were stopped, with what they had by then", () => {
  const { caption, table } = chartOf(halved(6));
  assertStringIncludes(caption, "4 of 6 cells went on after 50 steps.");
  const rows = table.match(/<tr><th scope="row">.*?<\/tr>/gs);
  assertEquals(rows, [
    `<tr><th scope="row"><bdi>&lt;b&gt;1&lt;/b&gt;</bdi></th>
<td>50 steps</td><td>2</td><td>50.00%</td></tr>`,
    `<tr><th scope="row"><bdi>cell 4</bdi></th>
<td>50 steps</td><td>0</td><td>–</td></tr>`,
  ]);
});

Deno.test("halvingRungs() says how many it does not list, and how many it does not draw", () => {
  const { caption, table, spec } = chartOf(halved(900));
  assertEquals(table.match(/scope="row"/g)?.length, 200);
  assertStringIncludes(table, "halving.csv lists 100 more.");
  assertStringIncludes(caption, "Showing the 200 of 324 cells that went furthest");
  assertEquals(new Set(spec.rows("points").map(({ name }) => name)).size, 200);
});

Deno.test("halvingRungs() ends the lines of stopped cells at their rung, and of no others", () => {
  const { spec } = chartOf(input);
  const lines = Map.groupBy(spec.rows("points"), ({ name }) => name);
  const stoppedAt = new Map(
    input.halving?.filter(({ isKept }) => !isKept).map(({ cell, step }) => [cell, step]),
  );
  assertEquals(lines.size, 27);
  for (const [name, points] of lines) {
    const last = points.at(-1);
    assertEquals(last.step, stoppedAt.get(name) ?? 1000, name);
    assertEquals(
      points.map(({ isStop = false }) => isStop),
      points.map(({ step }) => step === stoppedAt.get(name)),
    );
    // Only cells that are still there have a colour.
    assertEquals(points.every(({ group }) => group !== undefined), !stoppedAt.has(name));
  }
});

Deno.test("halvingRungs() draws how far means are from the baseline's, as the table has it", () => {
  const { spec, caption } = chartOf(input);
  const { baseline } = input.manifest.experiment;
  const at = (step: number, cell: string) =>
    input.halving?.find((row) => row.step === step && row.cell === cell)?.mean ?? NaN;
  for (const { name, step, mean, value } of spec.rows("points").filter(({ step }) => step < 1000)) {
    assertEquals(mean, toShown(100 * at(step, name)));
    assertEquals(value, toShown(100 * at(step, name) - 100 * at(step, baseline)));
  }
  const ends = spec.rows("points").filter(({ step, name }) => step === 1000 && name !== baseline);
  assertEquals(
    ends.map(({ name, value }) => [name, value]),
    input.comparisons.map((
      { cell, meanDifference = NaN },
    ) => [cell, toShown(100 * meanDifference)]),
  );
  assertStringIncludes(caption, "from the baseline’s at the same step");
});

Deno.test("halvingRungs() draws the means themselves where the baseline has none", () => {
  const { baseline } = input.manifest.experiment;
  const halving = input.halving?.map((row) =>
    row.cell === baseline && row.step === 50 ? { ...row, n: 0, mean: undefined } : row
  );
  const { spec, caption } = chartOf({ ...input, halving });
  for (const { mean, value } of spec.rows("points")) assertEquals(value, mean);
  assertFalse(caption.includes("from the baseline’s"));
});

Deno.test("halvingRungs() marks the worst mean that was kept on merit", () => {
  const { spec, caption } = chartOf(input);
  const { baseline } = input.manifest.experiment;
  const cuts = spec.rows("cuts");
  assertEquals(cuts.map(({ step }) => step), [50, 150, 450]);
  for (const { step, value } of cuts) {
    const rows = spec.rows("points").filter((point) =>
      point.step === step && !point.isStop && point.name !== baseline
    );
    assertEquals(value, Math.min(...rows.map(({ value }) => value)));
  }
  // One that lost a run was stopped though its mean is higher.
  const { value: cut } = cuts[2];
  assert(
    spec.rows("points").some(({ step, isStop, value }) => step === 450 && isStop && value > cut),
  );
  assertStringIncludes(caption, "A cell with a run that diverged ranks behind all others.");
});

Deno.test("halvingRungs() says of an unfinished sweep where it ended, and stops none there", () => {
  const unfinished = sampleInput(SAMPLES.halvingUnfinished);
  const { spec, caption } = chartOf(unfinished);
  assertStringIncludes(caption, "10 of 27 cells went on after 50 steps.");
  assertStringIncludes(caption, "After 150 steps, the sweep ended before it chose.");
  const last = spec.rows("points").filter(({ step }) => step === 150);
  assertEquals(last.map(({ outcome }) => outcome), Array(10).fill("not chosen yet"));
  const first = sampleInput({ ...SAMPLES.halvingUnfinished, finished: 1 });
  assertEquals(chartsOf(first).has("halving"), false);
});
