import { assertEquals } from "@std/assert";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { SeedStart } from "../../../src/trainers/mlp/_seed_start.ts";
import { trainMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import type { DatasetTask } from "../../../src/trainers/on_dataset.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { configWith, numbers } from "../_model_fixture.ts";

const module = await loadKernelsModule();

const values = numbers(2 * 120 * 7, 7);
/** Of any numbers; `part` chooses which. */
function datasetOf(part: 0 | 1): Dataset {
  return numericDataset({
    ...{ rows: 120, columns: 7, classes: 3, checksum: `part ${part}` },
    valueAt: (row, column) => values[(part * 120 + row) * 7 + column],
  });
}
const dataset = datasetOf(0);
const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
const task: DatasetTask = {
  config: configWith({ hidden: [10, 6], steps: 6, evaluate_every: 3 }),
  seed: 1,
  split,
  standardize: "global",
};
const withConfig = (values: Parameters<typeof configWith>[0]): DatasetTask => {
  return { ...task, config: { ...task.config, ...values } };
};

/** Each differs from the one before it in one thing, or in nothing. */
const RUNS: readonly (DatasetTask & { readonly data?: Dataset })[] = [
  task,
  task,
  withConfig({ learning_rate: 0.3 }),
  withConfig({ dropout: 0.2 }),
  withConfig({ dropout: 0.2, batch_size: 16 }),
  withConfig({ input_noise: 0.5 }),
  withConfig({ cutout: 0.5 }),
  withConfig({ mixup: 1 }),
  withConfig({ cutmix: 1 }),
  withConfig({ adversarial: 0.1 }),
  withConfig({ class_weight: "balanced" }),
  withConfig({ class_weight: "balanced", l1_penalty: 0.01 }),
  withConfig({ prune_threshold: 0.1, prune_period: 2 }),
  withConfig({ batch_norm: "on" }),
  withConfig({ hidden: [8, 8], skip: "residual" }),
  withConfig({ hidden: [8, 8], skip: "residual", shake_drop: 0.9 }),
  withConfig({ hidden: [8, 8], skip: "residual", shake_drop: 0.8 }),
  withConfig({ init: "glorot" }),
  withConfig({ init: "normal" }),
  withConfig({ init: "normal", init_scale: 0.2 }),
  withConfig({ hidden: [6, 10], optimizer: "adam" }),
  task,
  { ...task, scoresTest: true },
  { ...task, scoresTest: true },
  { ...task, seed: 2 },
  { ...task, seed: 2, standardize: "feature" },
  { ...task, seed: 2, split: { ...split, resplit: false } },
  { ...task, seed: 2, split: { ...split, folds: 2 }, fold: 1 },
  { ...task, seed: 2, split: { ...split, folds: 2 }, fold: 2 },
  task,
  { ...task, data: datasetOf(1) },
  { ...task, stopAt: 2 },
  task,
];

Deno.test("SeedStart changes no run, whatever runs were before it in the kernels' memory", async () => {
  const kernels = instantiateKernels(module, "f32");
  const start = new SeedStart(kernels);
  for (const [index, { data = dataset, ...run }] of RUNS.entries()) {
    const kept = await trainMlp(kernels, data, run, {}, start);
    const fresh = await trainMlp(instantiateKernels(module, "f32"), data, run);
    const { trainSeconds: _, ...expected } = fresh.result;
    const { trainSeconds: __, ...result } = kept.result;
    assertEquals([index, result, kept.test], [index, expected, fresh.test]);
  }
});

Deno.test("SeedStart draws rows and weights once for runs that differ in the rest", async () => {
  const kernels = instantiateKernels(module, "f32");
  let drawn = 0;
  const drawNormal: typeof kernels.drawNormal = (...args) => {
    drawn++;
    kernels.drawNormal(...args);
  };
  const counting = { ...kernels, drawNormal };
  const start = new SeedStart(counting);
  const rows = start.draw(dataset, task);
  const runs = [
    ...[task, withConfig({ l2_penalty: 0.1 }), withConfig({ activation: "tanh" })],
    withConfig({ dropout: 0.5 }),
  ];
  for (const run of runs) {
    await trainMlp(counting, dataset, run, {}, start);
    assertEquals(start.draw(dataset, task) === rows, true);
  }
  // One for each of three layers.
  assertEquals(drawn, 3);
  await trainMlp(counting, dataset, { ...task, seed: 2 }, {}, start);
  assertEquals(drawn, 6);
});
