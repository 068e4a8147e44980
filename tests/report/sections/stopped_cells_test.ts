import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { renderReport } from "../../../src/report/render_report.ts";
import { stoppedCells } from "../../../src/report/sections/stopped_cells.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const input = sampleInput(SAMPLES.elasticNet);

/** The input of a sweep with so many cells, of which one in three was stopped after 50 steps. */
function halved(cells: number) {
  const halving = Array.from({ length: cells }, (_, n) => ({
    step: 50,
    cell: n === 1 ? "<b>1</b>" : `cell ${n}`,
    values: {},
    n: n === 4 ? 0 : 2,
    mean: n === 4 ? undefined : 0.5,
    isKept: n % 3 !== 1,
  }));
  return { ...input, halving };
}

Deno.test("stoppedCells() lists those alone that were stopped, with what they had by then", () => {
  const { text } = stoppedCells(halved(6));
  assertStringIncludes(text, "after 50 steps, 4 of 6 cells continued");
  const rows = text.match(/<tr><th scope="row">.*?<\/tr>/gs);
  assertEquals(rows, [
    `<tr><th scope="row"><bdi>&lt;b&gt;1&lt;/b&gt;</bdi></th>
<td>50 steps</td><td>2</td><td>50.00%</td></tr>`,
    `<tr><th scope="row"><bdi>cell 4</bdi></th>
<td>50 steps</td><td>0</td><td>–</td></tr>`,
  ]);
});

Deno.test("stoppedCells() says how many it does not list", () => {
  const { text } = stoppedCells(halved(900));
  assertEquals(text.match(/scope="row"/g)?.length, 200);
  assertStringIncludes(text, "halving.csv lists 100 more.");
});

Deno.test("renderReport() has a section on stopped cells only if there are any", async () => {
  const page = await renderReport(halved(6));
  assertStringIncludes(page, '<h2 id="stopped">Stopped early</h2>');
  assertStringIncludes(page, "</bdi>; 2 cells stopped early</p>");
  assertFalse((await renderReport(input)).includes("Stopped early"));
});
