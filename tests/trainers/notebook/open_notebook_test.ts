import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../../src/trainers/config.ts";
import type { Matrix } from "../../../src/trainers/notebook/_matrix.ts";
import { notebookConfig } from "../../../src/trainers/notebook/notebook_config.ts";
import type { NotebookTask } from "../../../src/trainers/notebook/open_notebook.ts";
import type { Evaluation } from "../../../src/trainers/run_result.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { UserError } from "../../../src/user_error.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { assertSameLog } from "./_notebook_log.ts";
import { runNotebook } from "./_run_notebook.ts";

const FIXTURES = new URL("../../fixtures/notebook/", import.meta.url);
const kernels = instantiateKernels(await loadKernelsModule(), "f64");
const digits = await readDigits();

type NotebookData = NotebookTask["dataset"];

/** Settings as the notebook names them. */
type Settings = Readonly<Record<string, number>>;

/** A weight, or a sum over weights; NaN and the infinities are strings. */
type Figure = number | string;

interface Run {
  readonly name: string;
  readonly settings: Settings & { readonly data?: Parameters<typeof madeUp>[0] };
  readonly lines: readonly string[];
  /** Of each layer: its first three weights, the middle one, the last two; Σ|w| and √Σw². */
  readonly weights: readonly { some: readonly Figure[]; l1: Figure; l2: Figure }[];
}

const runs: readonly Run[] = JSON.parse(await Deno.readTextFile(new URL("runs.json", FIXTURES)));

for (const { name, settings: { data, ...settings }, lines, weights } of runs) {
  Deno.test(`runNotebook() prints and learns what the notebook does: ${name}`, () => {
    const printed: string[] = [];
    const task = taskOf(settings, data && madeUp(data));
    const model = runNotebook(kernels, task, { print: (line) => printed.push(line) });
    assertSameLog(printed, lines);
    for (const [i, matrix] of [model.wxh0, model.whh1, model.why].entries()) {
      assertSameFigures(figures(matrix), weights[i]);
    }
  });
}

const LOGS = {
  "default.log": {},
  "no-dropout-no-pruning.log": { dropout_rate: 0, pruning_rate: 0 },
};

for (const [file, settings] of Object.entries(LOGS)) {
  Deno.test(`runNotebook() prints the first lines of ${file}`, async () => {
    const expected = (await Deno.readTextFile(new URL(file, FIXTURES))).split("\n");
    const printed: string[] = [];
    const task = taskOf({ ...settings, max_steps: 800 });
    runNotebook(kernels, task, { print: (line) => printed.push(line) });
    assertSameLog(printed, expected.slice(0, 5));
  });
}

Deno.test("runNotebook() reports the measures that it prints", () => {
  const evaluations: Evaluation[] = [];
  const printed: string[] = [];
  runNotebook(kernels, taskOf({ max_steps: 3, disp_period: 2, my_lambda_l1: 1, my_lambda_l2: 3 }), {
    print: (line) => printed.push(line),
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  });
  assertEquals(evaluations.map(({ step }) => step), [0, 2]);
  for (const [i, evaluation] of evaluations.entries()) {
    const { step, measures } = evaluation;
    const { train_loss: trainLoss, penalty } = measures;
    const [trainAccuracy, validationAccuracy] = [
      measures.train_accuracy,
      measures.validation_accuracy,
    ];
    const loss = (trainLoss + penalty).toExponential(3).replace("+", "+0");
    assertEquals(
      printed[2 + i],
      `CE loss step ${step} = ${loss}, training/validation accuracy: ` +
        `${trainAccuracy.toFixed(3)}/${validationAccuracy.toFixed(3)}`,
    );
    assert(Math.abs(measures.validation_loss - trainLoss) < 0.01);
  }
});

Deno.test("runNotebook() counts as sparse what it pruned, until the update after", () => {
  const sparsity = (settings: Settings) => {
    const evaluations: Evaluation[] = [];
    const task = taskOf({ pruning_rate: 1, prune_period: 1, max_steps: 2, ...settings });
    runNotebook(kernels, task, { onEvaluation: (evaluation) => evaluations.push(evaluation) });
    return evaluations.map(({ measures }) => measures.sparsity);
  };
  // Departure 7, and without any learning the weights stay where they were pruned.
  const [, grownBack] = sparsity({ disp_period: 2 });
  assert(grownBack < 0.01);
  const [before, pruned] = sparsity({ disp_period: 2, learning_rate: 0 });
  assertEquals(before, 0);
  assert(pruned > 0.6);
});

Deno.test("runNotebook() rejects a seed that NumPy would not take", () => {
  assertThrows(() => runNotebook(kernels, taskOf({ seed: -1 })), UserError, "Cannot use seed -1");
});

/** A run with some settings, the notebook's own where none is given. */
function taskOf(
  { seed = 1337, ...settings }: Settings,
  dataset: NotebookData = digits,
): NotebookTask {
  const values = Object.entries(settings).map(([key, value]) => [key.replace("my_", ""), value]);
  const config = resolveConfig(BUILT_IN.named("notebook"), Object.fromEntries(values));
  return { dataset, seed, config: notebookConfig(config) };
}

function figures({ values }: Matrix): number[] {
  const some = [0, 1, 2, values.length / 2, values.length - 2, values.length - 1];
  const l1 = values.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const l2 = Math.sqrt(values.reduce((sum, weight) => sum + weight * weight, 0));
  return [...some.map((i) => values[i]), l1, l2];
}

function assertSameFigures(actual: readonly number[], { some, l1, l2 }: Run["weights"][number]) {
  for (const [i, expected] of [...some, l1, l2].map(Number).entries()) {
    if (Number.isNaN(expected)) assertEquals(actual[i], NaN);
    // Rounding errors of 1e-16 a product, in other orders, over some tens of steps.
    else assertAlmostEquals(actual[i], expected, 1e-12 * Math.max(1, Math.abs(expected)));
  }
}

async function readDigits(): Promise<NotebookData> {
  const text = await Deno.readTextFile(new URL("../../../data/digits.csv", import.meta.url));
  const table = text.trim().split("\n").slice(1).map((line) => line.split(",").map(Number));
  return dataOf(table.map((row) => row.slice(0, -1)), table.map((row) => row[row.length - 1]), 10);
}

/** The same as `made_up()` of fixtures/notebook/make_fixtures.py. */
function madeUp(shape: { rows: number; columns: number; classes: number }): NotebookData {
  const labels = Array.from({ length: shape.rows }, (_, i) => i * 7 % 11 % shape.classes);
  const feature = (i: number, j: number) =>
    (i * i * 5 + i * j * 3 + j * 7) % 17 + (j % shape.classes === labels[i] ? 9 : 0);
  const features = labels.map((_, i) =>
    Array.from({ length: shape.columns }, (_, j) => feature(i, j))
  );
  return dataOf(features, labels, shape.classes);
}

function dataOf(rows: readonly number[][], labels: readonly number[], classes: number) {
  return numericDataset({
    rows: rows.length,
    columns: rows[0].length,
    classes,
    checksum: "notebook",
    valueAt: (row, column) => rows[row][column],
    targetAt: (row) => labels[row],
  });
}
