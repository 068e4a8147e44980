import { join } from "node:path";
import type { Imputation } from "../../src/dataset/preparation_options.ts";
import { parseDataset } from "../../src/dataset/parse_dataset.ts";
import type { TableOptions } from "../../src/dataset/table_options.ts";
import { measuresOf } from "../../src/measures/metrics.ts";
import { exportModel } from "../../src/store/export_model.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import { readModule } from "../../src/trainers/module/read_module.ts";
import { ownTrainer } from "../../src/trainers/own_trainer.ts";
import { trainerContext } from "../../src/trainers/trainer_context.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { trainingData } from "../../src/trainers/training_data.ts";
import { configWith } from "../trainers/_model_fixture.ts";

/** What to train on, and how. */
export interface ToTrain {
  /** Lines of CSV, the header first if there is one. */
  readonly lines: readonly string[];
  readonly options: TableOptions;
  /** Lines of a file of test rows. */
  readonly testLines?: readonly string[];
  readonly config?: Config;
  readonly impute?: Imputation;
  readonly seed?: number;
  /** A module that trains in place of `mlp`. */
  readonly module?: string;
}

export const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(textOf(lines));

/** Trains a small network on a table and writes its model to `folder`, as `models` does. */
export async function trainModel(
  folder: string,
  { lines, options, testLines, config, impute = "median", seed = 1, module }: ToTrain,
) {
  const test = testLines && { bytes: bytesOf(testLines), file: "test.csv" };
  const dataset = await parseDataset(bytesOf(lines), "table.csv", options, { test });
  const trainer = module === undefined
    ? BUILT_IN.named("mlp")
    : ownTrainer(await readModule(module));
  const train = await trainer.load(await trainerContext([trainer], dataset));
  const measures = measuresOf(dataset.task)
    .filter(({ isDefault, needsTwoClasses }) => {
      return !isDefault && (!needsTwoClasses || dataset.classes.length === 2);
    }).map(({ key }) => key);
  const task = {
    config: module === undefined
      ? configWith({ hidden: [6], steps: 30, learning_rate: 0.1, ...config })
      : resolveConfig(trainer, config ?? {}),
    split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
    ...{ standardize: "feature", impute, seed, measures, scoresTest: true } as const,
  };
  const { result, test: score, parameters } = await train(task);
  train.close?.();
  const data = await trainingData(trainer, dataset, task);
  if (!data) throw new Error("The trainer says what it makes of rows");
  const model = {
    ...{ digest: result.digest, trainer: trainer.name, version: trainer.version, parameters },
  };
  const bytes = await exportModel(model, { task, cell: "a", dataset, data });
  const path = join(folder, `a_seed-${seed}.safetensors`);
  await Deno.writeFile(path, bytes);
  const last = result.evaluations[result.evaluations.length - 1].measures;
  const prefix = "validation_";
  const validation = Object.fromEntries(
    Object.entries(last).filter(([column]) => column.startsWith(prefix))
      .map(([column, value]) => [column.slice(prefix.length), value]),
  );
  return { path, dataset, rows: data.rows, validation, test: score?.measures ?? {} };
}

/** Sixty rows of numbers, percents, dates, booleans and categories, some of them missing. */
export const MIXED_HEADER = "id,age,share,day,member,port,level,kind";
export const MIXED_ROWS: readonly string[] = Array.from({ length: 60 }, (_, row) => {
  const age = row % 7 === 0 ? "" : String((row * 37) % 80);
  const share = `${(row * 13) % 90}%`;
  const day = `${1 + (row * 5) % 28}/${1 + row % 12}/2026`;
  const member = row % 11 === 3 ? "?" : row % 4 === 1 ? "yes" : "no";
  const port = row % 13 === 5 ? "" : row === 2 ? "far" : ["bay", "cove", "dock"][(row * 5) % 3];
  const level = ["1", "1.0", "2", "3"][(row * 7) % 4];
  return `R${row},${age},${share},${day},${member},${port},${level},${row % 3 === 0 ? "a" : "b"}`;
});
/** With this seed, the only row that has the port "far" is a validation row. */
export const MIXED: ToTrain = {
  seed: 3,
  lines: [MIXED_HEADER, ...MIXED_ROWS],
  options: { target: "kind", columns: { day: "date", level: "category" } },
};
