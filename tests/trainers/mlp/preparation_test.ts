import { assertEquals, assertNotEquals } from "@std/assert";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { learnPreparation, rowWriter } from "../../../src/dataset/preparation.ts";
import type { PreparationOptions } from "../../../src/dataset/preparation_options.ts";
import { splitRows } from "../../../src/dataset/split_rows.ts";
import { loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { randomStream } from "../../../src/random_stream.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { trainingData } from "../../../src/trainers/training_data.ts";
import { type MixedColumn, mixedDataset } from "../../_mixed_dataset.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { configWith } from "../_model_fixture.ts";

const ROWS = 90;
const SPLIT = { train: 0.5, validation: 0.25, test: 0.25, resplit: true };
const SEED = 5;
const OPTIONS: readonly PreparationOptions[] = [
  { standardize: "feature" },
  { standardize: "robust", impute: "most_frequent" },
  { standardize: "global", impute: "mean" },
];

function columns(): MixedColumn[] {
  const random = randomStream("preparation");
  const values = (value: () => number, gaps: number) =>
    Array.from({ length: ROWS }, () => random() < gaps ? null : value());
  return [
    { name: "age", kind: "number", values: values(() => Math.floor(80 * random()), 0.2) },
    { name: "income", kind: "number", values: values(() => 1e4 * random() * random(), 0) },
    { name: "member", kind: "boolean", values: values(() => random() < 0.4 ? 1 : 0, 0.1) },
    {
      ...{ name: "port", kind: "category", categories: ["c", "q", "s"] },
      values: values(() => Math.floor(3 * random()), 0.1),
    },
  ];
}

/** The columns with other values in some rows, and more gaps in columns that have some. */
function changed(of: readonly MixedColumn[], rows: Int32Array): MixedColumn[] {
  return of.map((column) => {
    const { kind, categories = [] } = column;
    const hasGaps = column.values.includes(null);
    const values = column.values.map((value, row) => {
      if (!rows.includes(row)) return value;
      if (value === null || (hasGaps && row % 3 === 0)) return null;
      if (kind === "number") return 1e6 - value;
      return kind === "boolean" ? 1 - value : (value + 1) % categories.length;
    });
    return { ...column, values };
  });
}

async function train(dataset: Dataset, options: PreparationOptions) {
  const mlp = await BUILT_IN.named("mlp").load({ kernels: await loadKernelsModule(), dataset });
  const config = configWith({ hidden: [5], steps: 40, evaluate_every: 10 });
  return await mlp({ config, split: SPLIT, seed: SEED, ...options, scoresTest: true });
}

/** The inputs of some rows as a table of numbers: what a run would have them as. */
function preparedDataset(dataset: Dataset, learnedFrom: Int32Array): Dataset {
  const preparation = learnPreparation(dataset, learnedFrom, { standardize: "feature" });
  const write = rowWriter(dataset, preparation);
  const { columns } = dataset;
  const inputs = new Float64Array(ROWS * columns);
  for (let row = 0; row < ROWS; row++) write(row, inputs, row * columns, 1);
  return numericDataset({
    ...{ rows: ROWS, columns, classes: 2, checksum: dataset.checksum },
    valueAt: (row, column) => inputs[row * columns + column],
  });
}

Deno.test("nothing of validation and test rows gets into the weights", async () => {
  const table = columns();
  const dataset = mixedDataset(table);
  const { train: trainRows, validation, test } = splitRows(dataset, SPLIT, SEED);
  const others = mixedDataset(changed(table, Int32Array.of(...validation, ...test)));
  for (const options of OPTIONS) {
    const [first, second] = [await train(dataset, options), await train(others, options)];
    assertEquals(second.parameters, first.parameters);
    assertEquals(second.data(), first.data());
    const trainLosses = ({ result }: typeof first) =>
      result.evaluations.map(({ measures }) => measures.train_loss);
    assertEquals(trainLosses(second), trainLosses(first));
    assertNotEquals(second.test?.measures, first.test?.measures);
  }

  // The same on purpose wrong: a table that was prepared by the moments of all rows. It leaks, and the
  // comparison above would see it.
  const all = Int32Array.from({ length: ROWS }, (_, row) => row);
  const weightsOf = async (dataset: Dataset, rows: Int32Array) =>
    (await train(preparedDataset(dataset, rows), { standardize: "none" })).parameters;
  assertEquals(await weightsOf(others, trainRows), await weightsOf(dataset, trainRows));
  assertNotEquals(await weightsOf(others, all), await weightsOf(dataset, all));
});

Deno.test("trainingData() tells what a run was trained on, without training it", async () => {
  const dataset = mixedDataset(columns());
  for (const options of OPTIONS) {
    const training = await train(dataset, options);
    const task = { config: {}, split: SPLIT, seed: SEED, ...options };
    assertEquals(await trainingData(BUILT_IN.named("mlp"), dataset, task), training.data());
  }
});

Deno.test("a mixed table trains as the table of its inputs does", async () => {
  const dataset = mixedDataset(columns());
  const { train: rows } = splitRows(dataset, SPLIT, SEED);
  const mixed = await train(dataset, { standardize: "feature" });
  const prepared = await train(preparedDataset(dataset, rows), { standardize: "none" });
  assertEquals(mixed.result.digest, prepared.result.digest);
  assertEquals(mixed.test, prepared.test);
  assertEquals(mixed.parameters[0].shape, [9, 5]);
});
