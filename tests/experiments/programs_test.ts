import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { join } from "node:path";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { notebookConfig } from "../../src/trainers/notebook/notebook_config.ts";
import { NOTEBOOK_HYPERPARAMETERS } from "../../src/trainers/notebook/notebook_hyperparameters.ts";
import { runNotebook } from "../trainers/notebook/_run_notebook.ts";
import type { Evaluation } from "../../src/trainers/run_result.ts";
import { IS_CI } from "../_ci.ts";
import { pythonWith } from "../_python_with.ts";
import { ROOT } from "../_source_files.ts";
import { type ProgramRun, runProgram } from "./_start_program.ts";

const DATASET = { path: join(ROOT, "data/digits.csv"), target: "digit" };

/** Tests a program in Python, if there is a Python with a module. */
async function testPython(
  module: string,
  name: string,
  fn: (python: string) => Promise<void>,
): Promise<void> {
  const python = await pythonWith(module);
  if (python === undefined && IS_CI) throw new Error(`No python3 can import ${module}`);
  Deno.test({
    name: python ? name : `${name} (skipped: no python3 can import ${module})`,
    ignore: python === undefined,
    fn: () => fn(python ?? ""),
  });
}

interface NotebookRun extends Pick<ProgramRun, "seed" | "config"> {
  readonly scoresTest?: boolean;
}

const NOTEBOOK_RUNS: readonly NotebookRun[] = [
  { seed: 1337, config: { max_steps: 60, disp_period: 20 }, scoresTest: true },
  { seed: 3, config: { max_steps: 40, disp_period: 10, learning_rate: 0.3, dropout_rate: 0.3 } },
  { seed: 0, config: { max_steps: 40, disp_period: 5, pruning_rate: 0.5, prune_period: 10 } },
  {
    seed: 2 ** 32 - 1,
    scoresTest: true,
    config: { max_steps: 40, disp_period: 20, dropout_rate: 0, lambda_l1: 0.5, lambda_l2: 20 },
  },
];

await testPython("numpy", "numpy_notebook.py equals the built-in trainer", async (python) => {
  const dataset = await readDataset(DATASET.path, DATASET);
  const kernels = instantiateKernels(await loadKernelsModule(), "f64");
  const defaults = NOTEBOOK_HYPERPARAMETERS.map((row) => [row.key, row.default]);
  for (const { seed, scoresTest, config: values } of NOTEBOOK_RUNS) {
    const config = { ...Object.fromEntries(defaults), ...values };
    const expected: Evaluation[] = [];
    const task = { dataset, config: notebookConfig(config), seed, scoresTest };
    const { test } = runNotebook(kernels, task, {
      onEvaluation: (evaluation) => expected.push(evaluation),
    });
    const rows = { train: [], validation: [], ...scoresTest && { test: [] } };
    const program = [python, "programs/numpy_notebook.py"];
    const printed = await runProgram(program, { seed, config, dataset: DATASET, rows });
    assertEquals(printed.map(({ step }) => step), expected.map(({ step }) => step));
    for (const [at, { step, measures }] of printed.entries()) {
      const { test_loss: testLoss, test_accuracy: testAccuracy, ...others } = measures;
      for (const [key, value] of Object.entries(others)) {
        assertSame(value, expected[at].measures[key], `${key} of step ${step}`);
      }
      assertEquals(Object.keys(others).length, 4);
      // The final model's alone are kept; its scores are those after the last update.
      if (at < printed.length - 1) continue;
      assertSame(testLoss, test?.measures.loss, "test_loss");
      assertSame(testAccuracy, test?.measures.accuracy, "test_accuracy");
    }
  }
});

/** Accuracies are equal to the bit; losses are but for the order in which NumPy adds products up. */
function assertSame(value: number, expected: number | undefined, what: string): void {
  if (/accuracy/.test(what) || expected === undefined) assertEquals(value, expected, what);
  else assertAlmostEquals(value, expected, 1e-12 * expected, what);
}

await testPython("sklearn", "sklearn_logistic.py scores the rows that it gets", async (python) => {
  const run = async (c: number, rows: Record<string, readonly number[]>) => {
    const program = [python, "programs/sklearn_logistic.py"];
    const printed = await runProgram(program, { seed: 1, config: { c }, dataset: DATASET, rows });
    assertEquals(printed.length, 1);
    return printed[0].measures;
  };
  const numbers = Array.from({ length: 900 }, (_, row) => row);
  const [train, validation, test] = [0, 300, 600].map((from) => numbers.slice(from, from + 300));
  const strong = await run(0.001, { train, validation });
  const weak = await run(10, { train, validation, test });
  assertEquals(Object.keys(strong), [
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
  ]);
  assertEquals(Object.keys(weak), [...Object.keys(strong), "test_loss", "test_accuracy"]);
  assert(strong.train_loss > 10 * weak.train_loss);
  for (const key of ["validation_accuracy", "test_accuracy"]) {
    assert(weak[key] > 0.75 && weak[key] < 1, `${key} ${weak[key]}`);
  }
  // The training rows alone decide, wherever else they are scored.
  const again = await run(10, { train, validation: test, test: validation });
  assertEquals(again.validation_loss, weak.test_loss);
});

Deno.test("gzip.sh has five lines and prints one", async () => {
  const script = await Deno.readTextFile(join(ROOT, "experiments/programs/gzip.sh"));
  assertEquals(script.trimEnd().split("\n").length, 5);
  const bytes = async (seed: number, level: number) => {
    const printed = await runProgram(["sh", "programs/gzip.sh"], { seed, config: { level } });
    assertEquals(printed.map(({ step }) => step), [0]);
    return printed[0].measures.bytes;
  };
  assert(await bytes(1, 1) > await bytes(1, 9));
  assertEquals(await bytes(1, 6), await bytes(1, 6));
  assert(await bytes(1, 6) !== await bytes(2, 6));
});

await testPython("json", "time_gzip.py prints seconds and a size", async (python) => {
  const run = async (level: number) => {
    const program = [python, "programs/time_gzip.py"];
    const [{ measures }] = await runProgram(program, { seed: 1, config: { level } });
    assert(measures.seconds > 0);
    return measures.size;
  };
  const [fast, small] = [await run(1), await run(9)];
  assert(small < fast && fast < 1);
});
