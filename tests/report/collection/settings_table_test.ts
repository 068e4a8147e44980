import { assert, assertEquals } from "@std/assert";
import { settingsTable } from "../../../src/report/collection/settings_table.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { sampleCollection } from "./_sample_collection.ts";

const SAMPLE: Sample = {
  name: "settings",
  grid: [{
    dropout: [0, 0.3],
    batch_norm: ["off", "on"],
    l2_penalty: [0.1, 0.01],
    learning_rate: [0.1, 1],
  }],
  seeds: 2,
  accuracy: () => 0.9,
};

Deno.test("settingsTable() counts the selected cells that have a regularizer, the most first", () => {
  const { results } = sampleCollection(sampleInput(SAMPLE), ["a", "b", "c"]);
  const [{ experiment: { cells } }] = results.manifests;
  const named = (dropout: number, norm: string) =>
    cells.find(({ values }) => values.dropout === dropout && values.batch_norm === norm)?.name;
  const best = [named(0, "on"), named(0.3, "on"), undefined];
  const datasets = results.datasets.map((row, index) => ({ ...row, best: best[index] }));
  const table = settingsTable({ ...results, datasets });
  assert(table);
  // All cells have an L2 penalty, and a learning rate regularizes nothing.
  assertEquals(table.columns.map(({ fields }) => fields), [
    ["Batch normalization", "Dropout"],
    [2, 1],
  ]);
});

Deno.test("settingsTable() is not of cells that have the same regularizers", () => {
  const { results } = sampleCollection(
    sampleInput({ ...SAMPLE, grid: [{ learning_rate: [0.1, 1] }] }),
    ["a", "b"],
  );
  assertEquals(settingsTable(results), undefined);
});
