import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ProgramEnd, ProgramRunner } from "../../../src/trainers/command/program_runner.ts";
import { loadProgram } from "../../../src/trainers/command/train_program.ts";
import type { ProgramCode } from "../../../src/trainers/own_code.ts";
import { RunFailure } from "../../../src/trainers/run_failure.ts";
import type { Evaluation } from "../../../src/trainers/run_result.ts";
import { numericDataset } from "../../_numeric_dataset.ts";

const CODE: ProgramCode = {
  ...{ kind: "program", name: "p", version: "1", tasks: [], hyperparameters: [] },
  ...{ command: ["p"], folder: "/", files: [], env: {}, retries: 0, deterministic: true },
};
const DATASET = numericDataset({ rows: 20, columns: 2, classes: 2, checksum: "sum" });
const TASK = {
  config: { c: 0.1, solver: "lbfgs" },
  seed: 3,
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "feature",
} as const;

/** A program whose runs end so, one after another; keeps what it was given. */
class Ending implements ProgramRunner {
  readonly inputs: string[] = [];
  readonly #ends: ProgramEnd[];

  constructor(...ends: ProgramEnd[]) {
    this.#ends = ends;
  }

  run({ trainer, input }: { trainer: string; input: string }): Promise<ProgramEnd> {
    assertEquals(trainer, "p");
    this.inputs.push(input);
    const end = this.#ends.shift();
    assert(end);
    return Promise.resolve(end);
  }
}

function completed(...measures: Evaluation["measures"][]): ProgramEnd {
  const evaluations = measures.map((measures, step) => ({ step, measures }));
  return { kind: "completed", evaluations, parameters: [], seconds: 2 };
}

const failed = (reason: string): ProgramEnd => ({ kind: "failed", reason });

function load(programs: ProgramRunner, code: Partial<ProgramCode> = {}) {
  const tables = { path: "/data/a.csv", target: "class" };
  return loadProgram({ ...CODE, ...code }, { dataset: DATASET, tables, programs });
}

Deno.test("a program's run has what it printed, and the digest of it", async () => {
  const first = completed({ loss: 2, score: 1 }, { loss: 1, score: 2 });
  const { result, test, parameters } = await load(new Ending(first))(TASK);
  assertEquals([result.status, result.steps, result.trainSeconds], ["completed", 1, 2]);
  assertEquals(result.evaluations, [
    { step: 0, measures: { loss: 2, score: 1 } },
    { step: 1, measures: { loss: 1, score: 2 } },
  ]);
  assertEquals([test, parameters], [undefined, []]);
  const others = [completed({ loss: 2, score: 1 }, { loss: 1, score: 3 }), first];
  const digests = await Promise.all(others.map(async (end) => {
    return (await load(new Ending(end))(TASK)).result.digest;
  }));
  assert(digests[0] !== result.digest);
  assertEquals(digests[1], result.digest);
});

Deno.test("a program's digest covers measures with the names of common ones", async () => {
  const digests = await Promise.all([0.5, 0.75].map(async (value) => {
    const end = completed({ validation_accuracy: 1, validation_f1: value });
    return (await load(new Ending(end))(TASK)).result.digest;
  }));
  assert(digests[0] !== digests[1]);
});

Deno.test("a program's parameters are part of the digest, and those of weights have histograms", async () => {
  const end = completed({ score: 1 });
  assert(end.kind === "completed");
  const parameters = [
    { name: "b", shape: [2], values: Float64Array.of(1, 2) },
    { name: "w", shape: [1, 2], values: Float32Array.of(1, 2) },
  ];
  const without = await load(new Ending(end))(TASK);
  const { result } = await load(new Ending({ ...end, parameters }))(TASK);
  assert(result.digest !== without.result.digest);
  assertEquals(result.histograms.map(({ minimum, maximum }) => [minimum, maximum]), [[1, 2]]);
});

Deno.test("a program's run is not judged by all that it measures", async () => {
  const end = completed({ score: 1, ratio: NaN }, { score: 2, ratio: Infinity });
  assertEquals((await load(new Ending(end))(TASK)).result.status, "completed");
});

Deno.test("a program gets its config, seed, fold, and the rows of its run", async () => {
  const programs = new Ending(completed({ a: 1 }), completed({ a: 1 }), completed({ a: 1 }));
  const train = load(programs);
  await train(TASK);
  await train({ ...TASK, scoresTest: true });
  await train({ ...TASK, fold: 2, split: { ...TASK.split, folds: 4 } });
  const [plain, scored, folded] = programs.inputs.map((text) => {
    assert(text.endsWith("}\n") && text.indexOf("\n") === text.length - 1);
    return JSON.parse(text);
  });
  const { rows, ...others } = plain;
  assertEquals(others, {
    ...{ protocol: 1, seed: 3, config: { c: 0.1, solver: "lbfgs" } },
    dataset: { path: "/data/a.csv", target: "class" },
  });
  assertEquals([rows.train.length, rows.validation.length], [12, 4]);
  assertEquals(Object.keys(rows), ["train", "validation"]);
  assertEquals(scored.rows.test.length, 4);
  assertEquals(scored.rows.train, rows.train);
  assertEquals([folded.fold, folded.rows.validation.length], [2, 4]);
});

Deno.test("a program gets rows by their numbers in its file", async () => {
  const programs = new Ending(completed({ a: 1 }));
  const fileRows = new Int32Array(new SharedArrayBuffer(80));
  fileRows.forEach((_, row) => fileRows[row] = 100 + row);
  const tables = { path: "/data/a.csv", target: "class" };
  const dataset = { ...DATASET, fileRows };
  await loadProgram(CODE, { dataset, tables, programs })(TASK);
  const { rows: { train, validation } } = JSON.parse(programs.inputs[0]);
  for (const row of [...train, ...validation]) assert(row >= 100 && row < 120);
});

Deno.test("measures of the test rows are a score, and change nothing else", async () => {
  const end = completed({ score: 1, test_accuracy: 0.1 }, { score: 2, test_accuracy: 0.5 });
  const plain = await load(new Ending(completed({ score: 1 }, { score: 2 })))(TASK);
  const scored = await load(new Ending(end))({ ...TASK, scoresTest: true });
  assertEquals(scored.test, { measures: { accuracy: 0.5 }, units: [] });
  assertEquals(scored.result, plain.result);
  const unasked = await load(new Ending(end))(TASK);
  assertEquals([unasked.test, unasked.result.digest], [undefined, plain.result.digest]);
});

Deno.test("a program's run is tried again as often as the experiment says", async () => {
  const problems: string[] = [];
  const onProblem = (text: string) => problems.push(text);
  const ends = () => new Ending(failed("one"), failed("two"), completed({ a: 1 }));
  assert(await load(ends(), { retries: 2 })(TASK, { onProblem }));
  assertEquals(problems, ["one; trying again", "two; trying once more"]);
  const error = await assertRejects(
    async () => void await load(ends(), { retries: 1 })(TASK, { onProblem }),
    RunFailure,
  );
  assertEquals(error.message, "two");
});
