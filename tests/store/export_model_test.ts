import { assertEquals } from "@std/assert";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { exportModel } from "../../src/store/export_model.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { trainingData } from "../../src/trainers/training_data.ts";
import { mixedDataset } from "../_mixed_dataset.ts";
import { configWith } from "../trainers/_model_fixture.ts";

/** The metadata that inputs are made with. */
interface Metadata {
  readonly columns: readonly {
    readonly name: string;
    readonly categories?: readonly string[];
    readonly imputed?: number | string | null;
  }[];
  readonly features: readonly string[];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly unseen: readonly string[];
}

type TextRow = Readonly<Record<string, number | boolean | string | null>>;

/** A table as a reader of the file has it: texts and numbers. */
const ROWS = Array.from({ length: 60 }, (_, row) => ({
  age: row % 7 === 0 ? null : (row * 37) % 80,
  member: row % 11 === 3 ? null : row % 4 === 1,
  port: row % 13 === 5 ? null : row === 2 ? "far" : ["bay", "cove", "dock"][(row * 5) % 3],
  height: 150 + (row * row) % 41,
}));
const PORTS = ["bay", "cove", "dock", "far"];

Deno.test("exportModel() writes all that it takes to reproduce predictions of a mixed table", async () => {
  const dataset = mixedDataset([
    { name: "age", kind: "number", values: ROWS.map(({ age }) => age) },
    {
      ...{ name: "member", kind: "boolean" },
      values: ROWS.map(({ member }) => member === null ? null : Number(member)),
    },
    {
      ...{ name: "port", kind: "category", categories: PORTS },
      values: ROWS.map(({ port }) => port === null ? null : PORTS.indexOf(port)),
    },
    { name: "height", kind: "number", values: ROWS.map(({ height }) => height) },
  ]);
  const trainer = BUILT_IN.named("mlp");
  const train = await trainer.load({ kernels: await loadKernelsModule(), dataset });
  for (const impute of ["median", "most_frequent"] as const) {
    const task = {
      config: configWith({ hidden: [], steps: 50, learning_rate: 0.5 }),
      split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
      ...{ standardize: "feature", impute, seed: 1 } as const,
    };
    const training = await train(task);
    const file = await exportModel(
      {
        digest: training.result.digest,
        trainer: "mlp",
        version: 1,
        parameters: training.parameters,
      },
      { task, cell: "baseline", dataset, data: await trainingData(trainer, dataset, task) },
    );
    const { tensors, metadata } = readSafetensors(file);
    assertEquals(metadata.features, dataset.featureNames);
    assertEquals(metadata.classes, ["no", "yes"]);
    assertEquals(metadata.task, "classification");
    // Its only row is a validation or test row.
    assertEquals(tensors["rows.train"].includes(2), false);
    assertEquals(metadata.unseen, ["port=far"]);
    const predict = (row: TextRow) => {
      const inputs = inputsOf(row, metadata);
      const [weight, bias] = [tensors["layer0.weight"], tensors["layer0.bias"]];
      const outputs = Array.from(bias, (sum, output) => {
        return inputs.reduce((sum, x, input) => sum + x * weight[2 * input + output], sum);
      });
      return outputs[1] > outputs[0] ? 1 : 0;
    };
    const { measures } = training.result.evaluations[training.result.evaluations.length - 1];
    for (const part of ["train", "validation"]) {
      const rows = [...tensors[`rows.${part}`]];
      const right = rows.filter((row) => predict(ROWS[row]) === dataset.targets[row]);
      assertEquals(right.length / rows.length, measures[`${part}_accuracy`]);
    }
  }
});

/** A row's inputs by nothing but the file's metadata. */
function inputsOf(
  row: TextRow,
  { columns, features, mean, deviation, unseen }: Metadata,
): number[] {
  const inputs = columns.flatMap((column) => {
    const { name, categories, imputed } = column;
    const value = row[name] ?? imputed;
    const own = categories?.map((category) => Number(category === value)) ?? [Number(value)];
    return "imputed" in column ? [...own, Number(row[name] === null)] : own;
  });
  return inputs.map((x, input) => {
    return unseen.includes(features[input]) ? 0 : (x - mean[input]) / deviation[input];
  });
}

function readSafetensors(file: Uint8Array<ArrayBuffer>) {
  const headerBytes = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)));
  const { __metadata__: texts, ...entries } = header;
  const data = file.buffer.slice(8 + headerBytes);
  const tensors: Record<string, Float32Array | Int32Array> = {};
  type Entry = { dtype: string; data_offsets: [number, number] };
  for (const [name, { dtype, data_offsets: [start, end] }] of Object.entries<Entry>(entries)) {
    const bytes = data.slice(start, end);
    tensors[name] = dtype === "F32" ? new Float32Array(bytes) : new Int32Array(bytes);
  }
  const metadata = Object.fromEntries(
    Object.entries<string>(texts).map(([key, text]) => [key, JSON.parse(text)]),
  ) as unknown as Metadata & { readonly task: string; readonly classes: readonly string[] };
  return { tensors, metadata };
}
