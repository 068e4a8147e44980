import { assertEquals } from "@std/assert";
import { strengthPanels } from "../../../src/report/charts/_strength_panels.ts";
import { rankCells } from "../../../src/report/report_cell.ts";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

/** Per panel: its key, and per line its name, group and strengths. */
function panelsOf(sample: Sample) {
  const input = sampleInput(sample);
  return strengthPanels(rankCells(input), input.manifest.experiment.swept).map((panel) => ({
    key: panel.key.key,
    lines: panel.lines.map(({ name, group, points }) => [
      name,
      group,
      points.map(({ strength }) => strength),
    ]),
  }));
}

Deno.test("strengthPanels() starts every technique at the baseline", () => {
  assertEquals(panelsOf(SAMPLES.l1VsL2), [
    { key: "l1_penalty", lines: [["", "L1 penalty", [0, 1e-5, 1e-4, 1e-3]]] },
    { key: "l2_penalty", lines: [["", "L2 penalty", [0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]]] },
  ]);
});

Deno.test("strengthPanels() draws a line per value of the other key in a two-way grid", () => {
  const [l1, l2] = panelsOf(SAMPLES.elasticNet);
  assertEquals([l1.key, l2.key], ["l1_penalty", "l2_penalty"]);
  assertEquals(l1.lines.map(([name]) => name), ["0", "1e-5", "0.0001", "0.001", "0.01"]);
  assertEquals(l1.lines[0][2], [0, 1e-5, 1e-4, 1e-3, 1e-2]);
});

Deno.test("strengthPanels() puts regularizers first and leaves out cells without a result", () => {
  const panels = panelsOf(SAMPLES.diverged);
  assertEquals(panels.map(({ key }) => key), ["l2_penalty", "learning_rate"]);
  assertEquals(panels[1].lines.map(([, , strengths]) => strengths), [[0.01, 0.1, 1], [
    0.01,
    0.1,
    1,
  ]]);
});

Deno.test("strengthPanels() keeps the best lines, in their order, if there are more than hues", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => value / 100);
  const input = sampleInput({
    name: "wide",
    grid: [{ l1_penalty: values, l2_penalty: [0, 1] }],
    seeds: 2,
    accuracy: ({ l1_penalty }) => Number(l1_penalty) * 5,
  });
  const panels = strengthPanels(rankCells(input), input.manifest.experiment.swept);
  const { lines, total } = panels[1];
  assertEquals([lines.map(({ name }) => name), total], [
    ["0.03", "0.04", "0.05", "0.06", "0.07", "0.08"],
    8,
  ]);
});

Deno.test("strengthPanels() names lines by their trainer alone, where it decides the rest", () => {
  const key = (key: string) => ({ key, label: key, regularizer: true });
  const cells = ["mlp", "cnn"].flatMap((trainer) =>
    [0, 0.5].map((dropout) => {
      const own = trainer === "mlp"
        ? { hidden: [64], l2_penalty: 0 }
        : { hidden: "", l2_penalty: "" };
      const values = { trainer, dropout, ...own };
      return { name: `${trainer} ${dropout}`, technique: `${trainer} × dropout`, values };
    })
  );
  const swept = ["trainer", "hidden", "l2_penalty", "dropout"].map(key);
  const sample = {
    name: "families",
    grid: [],
    plan: { swept, cells, baseline: cells[0].name, trainers: { mlp: 1 } },
    seeds: 2,
    accuracy: () => 0.9,
  };
  const [panel] = panelsOf(sample);
  assertEquals(panel.lines.map(([name]) => name), ["mlp", "cnn"]);
});

Deno.test("strengthPanels() has no panel for words, lists or a single value", () => {
  const sample = {
    name: "words",
    grid: [{ activation: ["relu", "tanh"], hidden: [[8], [16]], l2_penalty: [0.1] }],
    seeds: 1,
    accuracy: () => 0.9,
  };
  assertEquals(panelsOf(sample), []);
});
