import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { partSizes } from "../../src/dataset/part_sizes.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { mlpMemory } from "../../src/trainers/mlp/mlp_memory.ts";
import { trainMlp } from "../../src/trainers/mlp/train_mlp.ts";
import { notebookConfig } from "../../src/trainers/notebook/notebook_config.ts";
import { notebookMemory } from "../../src/trainers/notebook/notebook_memory.ts";
import { runNotebook } from "./notebook/_run_notebook.ts";
import type { RunShape } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { numericDataset } from "../_numeric_dataset.ts";

const module = await loadKernelsModule();
const PAGE_BYTES = 65_536;
const split = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };

const classSizes = fc.record({
  rows: fc.integer({ min: 20, max: 3000 }),
  columns: fc.integer({ min: 1, max: 200 }),
  classes: fc.integer({ min: 2, max: 20 }),
});
/** With 1 class, the target is a quantity. */
const sizes = fc.oneof(
  { weight: 4, arbitrary: classSizes },
  { weight: 1, arbitrary: classSizes.map((sizes) => ({ ...sizes, classes: 1 })) },
);

/** Any config of the mlp that changes how a run is laid out. */
const mlpConfigs = fc.record({
  hidden: fc.oneof(
    fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 150 }).map((width) => [width, width, width]),
  ),
  activation: fc.constantFrom("relu", "identity"),
  "batch_size": fc.oneof(fc.constant("all"), fc.integer({ min: 1, max: 4000 })),
  optimizer: fc.constantFrom("sgd", "adam"),
  dropout: fc.constantFrom(0, 0.01, 0.5),
  "batch_norm": fc.constantFrom("off", "on"),
  skip: fc.constantFrom("none", "residual"),
  "shake_drop": fc.constantFrom(0, 0.5),
  "input_noise": fc.constantFrom(0, 0.1),
  cutout: fc.constantFrom(0, 0.5),
  cutmix: fc.constantFrom(0, 1),
  mixup: fc.constantFrom(0, 1),
  adversarial: fc.constantFrom(0, 1),
  "group_lasso": fc.constantFrom(0, 0.1),
  "l1_method": fc.constantFrom("gradient", "proximal"),
  "class_weight": fc.constantFrom("none", "balanced"),
  "averaging_start": fc.constantFrom("none", 1),
  "lookahead_steps": fc.constantFrom("none", 5),
});

Deno.test("mlpMemory() is the memory that a run takes, and its bound is no less", async () => {
  await fc.assert(
    fc.asyncProperty(sizes, mlpConfigs, async (sizes, values) => {
      const config: Config = resolveConfig(BUILT_IN.named("mlp"), { ...values, steps: 0 });
      const memory = mlpMemory(config, shapeOf(sizes));
      const kernels = instantiateKernels(module, "f32");
      const task = { config, split, standardize: "global" as const, seed: 1, scoresTest: true };
      await trainMlp(kernels, datasetOf(sizes), task);
      assertEquals(kernels.memory.buffer.byteLength, wholePages(memory.bytes()));
      assert(memory.bytes() <= memory.atMost, `${memory.bytes()} is more than ${memory.atMost}`);
    }),
    { numRuns: 60 },
  );
});

Deno.test("the bound of mlpMemory() is no less for networks that are too large to train", () => {
  const shape = { trainRows: 1e6, validationRows: 1e5, testRows: 1e5, columns: 1000, classes: 100 };
  const wide = fc.array(fc.integer({ min: 1, max: 65_536 }), { maxLength: 8 });
  fc.assert(fc.property(mlpConfigs, wide, (values, hidden) => {
    const memory = mlpMemory(resolveConfig(BUILT_IN.named("mlp"), { ...values, hidden }), shape);
    assert(memory.bytes() <= memory.atMost, `${memory.bytes()} is more than ${memory.atMost}`);
  }));
});

Deno.test("mlpMemory() blames what most of the memory goes back to", () => {
  const digits = { trainRows: 1079, validationRows: 359, testRows: 359, columns: 64, classes: 10 };
  const causeOf = (values: Config, shape: Partial<RunShape> = {}) =>
    mlpMemory(resolveConfig(BUILT_IN.named("mlp"), values), { ...digits, ...shape }).cause();
  assertEquals(causeOf({ hidden: [65536, 65536] }), "hidden");
  assertEquals(causeOf({ hidden: [65536] }, { columns: 10_000 }), "hidden");
  assertEquals(causeOf({}, { trainRows: 10_000_000 }), "batch_size");
  assertEquals(causeOf({ batch_size: 32 }, { trainRows: 10_000_000 }), undefined);
});

Deno.test("notebookMemory() is the memory that a run takes", () => {
  fc.assert(
    fc.property(classSizes, fc.constantFrom(0, 0.05, 0.5), (sizes, rate) => {
      const config = resolveConfig(BUILT_IN.named("notebook"), {
        "max_steps": 0,
        "dropout_rate": rate,
      });
      const memory = notebookMemory(config, shapeOf(sizes));
      const kernels = instantiateKernels(module, "f64");
      const task = { config: notebookConfig(config), seed: 1, scoresTest: true };
      runNotebook(kernels, { dataset: datasetOf(sizes), ...task });
      assertEquals(kernels.memory.buffer.byteLength, wholePages(memory.bytes()));
    }),
    { numRuns: 20 },
  );
});

function wholePages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
}

function shapeOf({ rows, columns, classes }: { rows: number; columns: number; classes: number }) {
  const { train, validation, test } = partSizes(rows, split);
  return { trainRows: train, validationRows: validation, testRows: test, columns, classes };
}

function datasetOf({ rows, columns, classes }: Parameters<typeof shapeOf>[0]): Dataset {
  const valueAt = (row: number, column: number) => ((row * columns + column) * 7919) % 101;
  return numericDataset({ rows, columns, classes, checksum: "memory", valueAt });
}
