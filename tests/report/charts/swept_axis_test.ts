import { assertEquals } from "@std/assert";
import { axisTitle, sweptAxes } from "../../../src/report/charts/_swept_axis.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

function axesOf(sample: Sample) {
  const input = sampleInput(sample);
  const cells = rankCells(input);
  return { cells, axes: sweptAxes(cells, input.manifest.experiment.swept) };
}

Deno.test("sweptAxes() puts numbers in ascending order and words in that of the experiment", () => {
  const { axes } = axesOf(SAMPLES.threeWays);
  assertEquals(axes.map(({ key, labels }) => [key.key, labels]), [
    ["activation", ["relu", "tanh"]],
    ["learning_rate", ["0.03", "0.1", "0.3"]],
    ["l2_penalty", ["0", "0.0001", "0.001", "0.01"]],
  ]);
});

Deno.test("sweptAxes() knows every cell's place", () => {
  const { cells, axes } = axesOf(SAMPLES.threeWays);
  const cell = cells.find(({ name }) => name.startsWith("learning_rate=0.3 l2_penalty=0.001"));
  assertEquals(cell && axes.map((axis) => axis.placeOf(cell)).slice(1), [2, 2]);
  const places = cells.map((cell) => axes.map((axis) => axis.placeOf(cell)).join());
  assertEquals([cells.length, new Set(places).size], [24, 24]);
});

Deno.test("sweptAxes() leaves out what has one value, and marks what means nothing", () => {
  const plan = {
    swept: ["trainer", "dropout", "dropout_rate"].map((key) => ({
      key,
      label: key,
      regularizer: false,
    })),
    cells: [
      { name: "a", technique: "", values: { trainer: "mlp", dropout: 0.5, dropout_rate: "" } },
      { name: "b", technique: "", values: { trainer: "mlp", dropout: 0.5, dropout_rate: 0.1 } },
      { name: "c", technique: "", values: { trainer: "mlp", dropout: 0.5, dropout_rate: 0 } },
    ],
    baseline: "a",
    trainers: { mlp: 1 },
  };
  const { axes } = axesOf({ name: "sample", plan, grid: [], seeds: 1, accuracy: () => 0.9 });
  assertEquals(axes.map(({ key, labels }) => [key.key, labels]), [
    ["dropout_rate", ["–", "0", "0.1"]],
  ]);
});

Deno.test("axisTitle() names the unit where there is one", () => {
  const key = { key: "k", label: "Pruning threshold", regularizer: true };
  assertEquals([axisTitle(key), axisTitle({ ...key, unit: "deviations" })], [
    "Pruning threshold",
    "Pruning threshold (deviations)",
  ]);
  // Not twice.
  assertEquals(
    axisTitle({ key: "steps", label: "Steps", unit: "steps", regularizer: false }),
    "Steps",
  );
});

Deno.test("sweptAxes() knows cells that go without a conditional key, which have its default", () => {
  const { cells, axes } = axesOf(SAMPLES.conditional);
  const [momentum] = axes.filter(({ key }) => key.key === "momentum");
  for (const cell of cells) {
    assertEquals(momentum.valueOf(cell) === "", cell.name.includes("optimizer=adam"), cell.name);
  }
});

Deno.test("sweptAxes() takes defaults for values where blocks of a grid leave keys out", () => {
  const { cells, axes } = axesOf(SAMPLES.fourTechniques);
  assertEquals(axes.map(({ values }) => values[0]), [0, 0, 0, 0]);
  const [best] = cells;
  assertEquals(axes.map(({ valueOf }) => valueOf(best)), Object.values(best.summary.values));
});
