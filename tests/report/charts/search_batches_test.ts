import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { toShown } from "../../../src/report/estimate.ts";
import type { ReportInput } from "../../../src/report/report_input.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

const sample = sampleInput(SAMPLES.elasticNet);

/** A search of two batches that found these cells. */
function searched(best: readonly number[], input: ReportInput = sample): ReportInput {
  const { manifest } = input;
  const { cells } = manifest.experiment;
  const half = Math.floor(cells.length / 2);
  const meanOf = new Map(input.cells.map(({ cell, means }) => [cell, means.validation_accuracy]));
  const found = best.map((index, batch) => ({
    cells: batch === 0 ? half : cells.length,
    best: cells[index].name,
    mean: meanOf.get(cells[index].name) ?? NaN,
  }));
  const search = { method: "tpe" as const, points: cells.length, batches: 3, found };
  return {
    ...input,
    manifest: { ...manifest, experiment: { ...manifest.experiment, search } } as typeof manifest,
  };
}

Deno.test("searchBatches() draws every cell in the order of the search, and the best so far", () => {
  const input = searched([2, 20]);
  const { group, spec } = chartsOf(input).get("batches") ?? {};
  assert(group && spec);
  const points = spec.rows("points");
  const { cells } = input.manifest.experiment;
  for (const { name, place, batch } of points) {
    assertEquals(cells[place - 1].name, name);
    assertEquals(batch, place <= Math.floor(cells.length / 2) ? 1 : 2);
  }
  const best = spec.rows("best");
  assertEquals(best.map(({ batch }) => batch), [1, 2]);
  const { found = [] } = input.manifest.experiment.search ?? {};
  assertEquals(best.map(({ mean }) => mean), found.map(({ mean = NaN }) => toShown(100 * mean)));
  assertStringIncludes(group.caption, "The best cell came with the last batch");
  assertEquals(group.table?.text.match(/<th scope="row">/g)?.length, 2);
});

Deno.test("searchBatches() says since when nothing better was found", () => {
  const { group } = chartsOf(searched([2, 2])).get("batches") ?? {};
  assertStringIncludes(
    group?.caption ?? "",
    "The best cell came with batch 1; 1 batch after it found no better one.",
  );
});

Deno.test("searchBatches() draws nothing without a search, or before it found anything", () => {
  assertEquals(chartsOf(sample).get("batches"), undefined);
  assertEquals(chartsOf(searched([])).get("batches"), undefined);
});
