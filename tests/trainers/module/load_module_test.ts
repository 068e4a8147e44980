import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { loadMathModule } from "../../../src/kernels/load_math.ts";
import { randomStream } from "../../../src/random_stream.ts";
import { loadModule } from "../../../src/trainers/module/load_module.ts";
import type { ModuleCode } from "../../../src/trainers/own_code.ts";
import { RunFailure } from "../../../src/trainers/run_failure.ts";
import type { Train, Training, TrainingTask } from "../../../src/trainers/trainer.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { moduleCode } from "../_module_code.ts";
import { readFiles } from "./_module_folder.ts";

const DATASET = numericDataset({
  ...{ rows: 50, columns: 3, classes: 2, checksum: "points" },
  valueAt: (row, column) => (row * (column + 3)) % 7,
});
const QUANTITIES = numericDataset({
  ...{ rows: 50, columns: 2, classes: 1, checksum: "quantities" },
  valueAt: (row, column) => (row * (column + 3)) % 7,
  targetAt: (row) => row,
});
const MATH = await loadMathModule();
const TASK: TrainingTask = {
  config: { alpha: 2 },
  seed: 3,
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "feature",
};

/** Uses a module's trainer, and ends its thread. */
async function use(code: ModuleCode, work: (train: Train) => Promise<void>): Promise<void> {
  const dataset = code.tasks[0] === "regression" ? QUANTITIES : DATASET;
  const train = loadModule(code, { dataset, math: MATH });
  try {
    await work(train);
  } finally {
    train.close?.();
  }
}

/** Trains one run by these statements. */
async function trainBy(
  statements: string,
  { task = TASK, ...options }: Parameters<typeof moduleCode>[1] & { task?: TrainingTask } = {},
): Promise<Training & { messages: string[] }> {
  const messages: string[] = [];
  let training: Training | undefined;
  await use(moduleCode(statements, options), async (train) => {
    training = await train(task, { onMessage: (text) => messages.push(text) });
  });
  assert(training);
  return { ...training, messages };
}

/** The reason why a run by these statements fails. */
async function failureBy(
  statements: string,
  options: Parameters<typeof moduleCode>[1] & { task?: TrainingTask } = {},
): Promise<RunFailure> {
  return await assertRejects(() => trainBy(statements, options), RunFailure);
}

Deno.test("loadModule() trains a run: common measures, test rows, parameters of any shape", async () => {
  const { result, test, parameters } = await trainBy(
    `yield { step: 0, predict: even };
    const right = (x, rows) => Float64Array.from({ length: 2 * rows }, (_, n) => n % 2);
    yield { step: 4, predict: right, measures: { leaves: 3 } };`.replace(
      "predict: even",
      "predict: even, measures: { leaves: 1 }",
    ) + `return { parameters: {
      weight: { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }, bias: Float64Array.of(5),
    } };`,
    { task: { ...TASK, scoresTest: true, measures: ["roc_auc"] } },
  );
  assertEquals(result.status, "completed");
  assertEquals([result.steps, result.evaluations.map(({ step }) => step)], [4, [0, 4]]);
  const [first, last] = result.evaluations.map(({ measures }) => measures);
  assert(Math.abs(first.train_loss - Math.LN2) < 1e-12);
  assertEquals([first.leaves, last.leaves], [1, 3]);
  assert(last.validation_accuracy > 0 && last.validation_accuracy < 1);
  assertEquals(last.validation_roc_auc, 0.5);
  assertEquals(test?.confusion?.reduce((sum, count) => sum + count), 10);
  assertEquals(parameters, [
    { name: "weight", shape: [2, 2], values: Float32Array.of(1, 2, 3, 4), hasHistogram: true },
    { name: "bias", shape: [1], values: Float64Array.of(5), hasHistogram: false },
  ]);
});

Deno.test("loadModule() gives prepared rows, a config, a seed, streams and math", async () => {
  const { messages } = await trainBy(`
    const { train, validation, features, featureNames, classes } = data;
    console.log(train.rows, train.x.length, train.y.length, validation.rows, features);
    console.log(featureNames, classes, config, seed);
    let sum = 0;
    for (let row = 0; row < train.rows; row++) sum += train.x[row * features];
    console.log(Math.abs(sum) < 1e-12, random("a") === random("a"), random("a")() === random("b")());
    console.log(math.exp(1), math.pow(2, 0.5), random("init")());
    yield { step: 0, predict: even };`);
  assertEquals(messages.slice(0, 3), [
    "30 90 30 10 3",
    '[ "x0", "x1", "x2" ] [ "0", "1" ] { alpha: 2 } 3',
    "true true false",
  ]);
  const first = randomStream("3/own/init")();
  assertEquals(messages[3], `2.718281828459045 1.4142135623730951 ${first}`);
});

Deno.test("loadModule() predicts quantities in their own unit", async () => {
  const { result, test } = await trainBy(
    `yield { step: 0, predict: (x, rows) => new Array(rows).fill(20) };`,
    { tasks: ["regression"], task: { ...TASK, scoresTest: true } },
  );
  const [{ measures }] = result.evaluations;
  assert(measures.validation_rmse > 1);
  assert(measures.validation_loss < 3);
  assertEquals(test?.predictions, new Array(10).fill(20));
});

Deno.test("loadModule() scores the model of the last evaluation, whatever train() does after it", async () => {
  const { result, test } = await trainBy(
    `const model = { value: 20 };
    yield { step: 0, predict: (x, rows) => new Array(rows).fill(model.value) };
    model.value = 99;`,
    { tasks: ["regression"], task: { ...TASK, scoresTest: true } },
  );
  assert(result.evaluations[0].measures.validation_loss < 3);
  assertEquals(test?.predictions, new Array(10).fill(20));
});

Deno.test("loadModule() trains a run that is scored as one that is not", async () => {
  const statements = `const draw = random("noise");
    const buffer = new Float64Array(2 * data.train.rows);
    for (let step = 0; step < 3; step++) {
      draw();
      yield {
        step,
        predict(x, rows) {
          for (let row = 0; row < rows; row++) {
            buffer[2 * row] = draw();
            buffer[2 * row + 1] = 1 - buffer[2 * row];
          }
          return buffer.subarray(0, 2 * rows);
        },
        measures: { drawn: random("other")() },
      };
    }`;
  const unscored = await trainBy(statements);
  const scored = await trainBy(statements, { task: { ...TASK, scoresTest: true } });
  assert(scored.test);
  assertEquals(scored.result.evaluations, unscored.result.evaluations);
  assertEquals(scored.result.digest, unscored.result.digest);
});

Deno.test("loadModule() takes predictions of each part although a module returns one array", async () => {
  const predict = (result: string) =>
    `const all = new Float64Array(data.train.rows);
    const predict = (x, rows) => all.subarray(0, rows).fill(rows) && ${result};
    yield { step: 0, predict };`;
  const options = { tasks: ["regression"] as const };
  const [one, copies] = await Promise.all(
    ["all.subarray(0, rows)", "all.slice(0, rows)"].map((text) => trainBy(predict(text), options)),
  );
  assertEquals(one.result.evaluations, copies.result.evaluations);
});

Deno.test("loadModule() needs no dataset for a module with measures of its own", async () => {
  const { result } = await trainBy(
    `if (data !== undefined) throw new Error("data");
    yield { step: 0, measures: { score: 0.5 } };
    yield { step: 1, measures: { score: config.alpha } };`,
    { tasks: [] },
  );
  assertEquals(result.evaluations.map(({ measures }) => measures), [{ score: 0.5 }, { score: 2 }]);
});

Deno.test("loadModule() digests all measures that a module gives, and no requested ones", async () => {
  const digestBy = async (text: string, options: Parameters<typeof trainBy>[1] = {}) => {
    return (await trainBy(text, options)).result.digest;
  };
  const [first, second] = await Promise.all([0.5, 0.75].map((value) => {
    return digestBy(`yield { step: 0, measures: { validation_f1: ${value} } };`, { tasks: [] });
  }));
  assertNotEquals(first, second);
  const evaluation = (own: string) => `yield { step: 0, predict: even, measures: { ${own} } };`;
  const alone = await digestBy(evaluation("leaves: 1"));
  const task = { ...TASK, measures: ["roc_auc"] };
  assertEquals(await digestBy(evaluation("leaves: 1"), { task }), alone);
  assertNotEquals(await digestBy(evaluation("leaves: 1, validation_roc_auc: 1")), alone);
});

Deno.test("loadModule() gives each run fresh data and a fresh config", async () => {
  const code = moduleCode(`
    console.log(data.train.x[0], data.featureNames[0], config.alpha);
    data.train.x.fill(9); data.featureNames[0] = "changed"; config.alpha = 7;
    yield { step: 0, predict: even };`);
  const messages: string[] = [];
  await use(code, async (train) => {
    const onMessage = (text: string) => messages.push(text);
    await train(TASK, { onMessage });
    await train(TASK, { onMessage });
  });
  assertEquals(messages[0], messages[1]);
});

Deno.test("loadModule() ends a run whose predictions are not finite as diverged", async () => {
  const { result } = await trainBy(`
    yield { step: 0, predict: even };
    yield { step: 1, predict: (x, rows) => new Float64Array(2 * rows).fill(NaN) };
    throw new Error("goes on");`);
  assertEquals([result.status, result.steps, result.evaluations.length], ["diverged", 1, 2]);
});

Deno.test("loadModule() goes on where a measure of the module's own is not finite", async () => {
  const { result } = await trainBy(
    `yield { step: 0, measures: { score: 1, ratio: NaN } };
    yield { step: 1, measures: { score: 2, ratio: Infinity } };`,
    { tasks: [] },
  );
  assertEquals([result.status, result.steps, result.evaluations.length], ["completed", 1, 2]);
});

Deno.test("loadModule() accepts checkpoints, and goes on", async () => {
  const { result } = await trainBy(`
    yield { step: 0, predict: even };
    yield { checkpoint: { weights: Float64Array.of(1) } };
    yield { step: 1, predict: even };`);
  assertEquals(result.evaluations.length, 2);
});

Deno.test("loadModule() awaits a module's own promises", async () => {
  const code = moduleCode("");
  const text = `export default { name: "t", async *train({ data }) {
    await Promise.resolve();
    yield { step: 0, predict: (x, rows) => new Float64Array(2 * rows).fill(0.5) };
  } };`;
  await use({ ...code, files: [{ ...code.files[0], text }] }, async (train) => {
    assertEquals((await train(TASK)).result.evaluations.length, 1);
  });
});

Deno.test("loadModule() says where a module threw, in its own files only", async () => {
  const failure = await failureBy(`
    yield { step: 0, predict: even };
    const solve = (values) => values.length;
    solve(undefined);`);
  assertMatch(failure.message, /^trainers\/t\.ts:4:38: TypeError: Cannot read properties of undef/);
  assertEquals(failure.trace.split("\n").length, 2);
  assertMatch(failure.trace, /^ {4}at solve \(trainers\/t\.ts:4:38\)\n {4}at .*t\.ts:5:5\)?$/);
});

Deno.test("loadModule() shows a module the same stacks in every run", async () => {
  const model =
    `import { call } from "./lib/call.ts"; import { parse } from "@std/csv"; const fail = () => {
    throw new Error("no");
  };
  export default { name: "t", *train() {
    const parseWrongly = () => parse('"', { columns: ["a"] });
    for (const work of [fail, parseWrongly]) {
      try {
        call(work);
      } catch (error) {
        console.log(error.stack);
      }
    }
    yield { step: 0, measures: { a: 1 } };
  } };`;
  const library = "export const call = (work: () => void): void => work();\n";
  const code = await readFiles({ "t.ts": model, "lib/call.ts": library }, "t.ts");
  const shown = async () => {
    const messages: string[] = [];
    await use(code, async (train) => {
      await train(TASK, { onMessage: (text) => messages.push(text) });
    });
    return messages;
  };
  const [first, second] = [await shown(), await shown()];
  assertEquals(first, second);
  assertEquals(first.slice(0, 4), [
    "Error: no",
    "    at fail (t.ts:2:11)",
    "    at call (lib/call.ts:1:49)",
    "    at Object.train (t.ts:8:9)",
  ]);
  const [parsing] = first.filter((line) => line.includes("parseWrongly"));
  assertEquals(parsing, "    at parseWrongly (t.ts:5:32)");
});

/** What a module does wrong, and the reason why its run fails. */
const WRONG: Record<string, string> = {
  'throw "a text";': 'the module threw "a text", which is not an Error and has no stack',
  "return;": "train() must yield at least one evaluation",
  "yield 5;": "train() must yield evaluations such as { step, predict }, not 5",
  "yield { predict: even };": "step must be an integer of at least 0, not undefined",
  "yield { step: 1, predict: even }; yield { step: 1, predict: even };":
    "step 1 must be larger than the step before it, 1",
  "yield { step: 0, predict: even, mesures: { a: 1 } };":
    'an evaluation has step, predict and measures, and no "mesures"',
  "yield { step: 0, predict: even }; return { weights: new Float64Array(1) };":
    "train() must return { parameters }, or nothing, not { weights: Float64Array(1) [ 0 ] }",
  "yield { step: 0, predict: even }; return new Float64Array(1);":
    "train() must return { parameters }, or nothing, not Float64Array(1) [ 0 ]",
  "yield { step: 0, predict: even }; return { parameters: [new Float64Array(1)] };":
    "parameters must be an object of arrays by name, not [ Float64Array(1) [ 0 ] ]",
  'yield { step: 0, predict: even }; return { parameters: { "rows.train": new Float64Array(1) } };':
    "Cannot use parameter rows.train: a file of saved weights has something else of this name",
  "yield { step: 0, predict: 5 };": "predict must be a function, not 5",
  "yield { step: 0, measures: { a: 1 } };": "the evaluation of step 0 must have predict",
  "yield { step: 0, predict: () => undefined };":
    "predict must return an array of numbers, not undefined",
  "yield { step: 0, predict: async (x, rows) => Array(9).fill(0.5) };":
    "predict must return an array of numbers, not Promise { [ 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, " +
    "0.5, 0.5, 0.5 ] }",
  "yield { step: 0, predict: (x, rows) => new Float64Array(rows) };":
    "predict must return 60 numbers (30 rows × 2 classes), and returned 30",
  "yield { step: 0, predict: (x, rows) => new Float64Array(2 * rows) };":
    "predict must return probabilities that add up to 1 in each row, not to 0",
  "yield { step: 0, predict: (x, rows) => new Float64Array(2 * rows).fill(-1) };":
    "predict must return probabilities, and returned -1",
  "yield { step: 0, predict: even, measures: { train_accuracy: 1 } };":
    "measures cannot have train_accuracy, which is computed from predict",
  "yield { step: 0, predict: even, measures: { Score: 1 } };":
    'measure "Score" must be in snake_case',
  "yield { step: 0, predict: even, measures: { a: 1 } }; yield { step: 1, predict: even };":
    "the measures of step 1 () must be those of the first (a)",
  "yield { step: 0, predict: even }; return { parameters: { w: [1] } };":
    "parameter w must be a Float64Array, a Float32Array or { shape, values }, not [ 1 ]",
  "yield { step: 0, predict: even }; return { parameters: { w: { shape: [2, 3], values: new Float64Array(5) } } };":
    "parameter w has 5 values, and its shape is [2, 3]",
};

for (const [statements, reason] of Object.entries(WRONG)) {
  Deno.test(`loadModule() says what is wrong with: ${statements}`, async () => {
    assertEquals((await failureBy(statements)).message, reason);
  });
}

/** What a module cannot use, and what it is told. */
const REFUSED: Record<string, string> = {
  "Date.now();": "Cannot use Date in a trainer: results must not depend on time",
  "new Date();": "Cannot use Date in a trainer: results must not depend on time",
  "performance.now();": "Cannot use performance in a trainer: results must not depend on time",
  "setTimeout(() => {}, 1);": "Cannot use setTimeout in a trainer: results must not depend on time",
  "Math.random();":
    'Cannot use Math.random in a trainer: random("NAME"), which train() gets, gives the same ' +
    "numbers on every machine",
  "crypto.randomUUID();":
    'Cannot use crypto in a trainer: random("NAME"), which train() gets, gives the same numbers ' +
    "on every machine",
  "Math.exp(1);":
    "Cannot use Math.exp in a trainer: its last bits differ between engines: use math.exp, which " +
    'train() gets, or say allow: ["math"]',
  '"a".localeCompare("b");':
    "Cannot use localeCompare in a trainer: results must not depend on a language or a time zone",
  "Float64Array.of(1).toLocaleString();":
    "Cannot use toLocaleString in a trainer: results must not depend on a language or a time zone",
  "new Intl.Collator();":
    "Cannot use Intl in a trainer: results must not depend on a language or a time zone",
  "new WeakRef({});":
    "Cannot use WeakRef in a trainer: results must not depend on when memory is freed",
  '(() => {}).constructor("return 1")();':
    "Cannot make a function of a text in a trainer: what runs must be in the source",
};

for (const [statements, sentence] of Object.entries(REFUSED)) {
  Deno.test(`loadModule() refuses ${statements}`, async () => {
    const { message } = await failureBy(statements);
    assertEquals(message.replace(/^trainers\/t\.ts:2:\d+: TypeError: /, ""), sentence);
  });
}

Deno.test("loadModule() leaves typed arrays as they are, which are slow otherwise", async () => {
  const { messages } = await trainBy(`
    const prototype = Object.getPrototypeOf(Float64Array.prototype);
    const all = Object.values(Object.getOwnPropertyDescriptors(prototype));
    console.log(all.every(({ configurable }) => configurable));
    yield { step: 0, predict: even };`);
  assertEquals(messages, ["true"]);
});

Deno.test("loadModule() leaves the engine's math to a module that allows it", async () => {
  const { messages } = await trainBy(
    "console.log(Math.exp(0), Math.pow(2, 3)); yield { step: 0, predict: even };",
    { allow: ["math"] },
  );
  assertEquals(messages, ["1 8"]);
});

for (const [when, statements] of [["before", ""], ["after", "yield { step: 0, predict: even };"]]) {
  Deno.test(`loadModule() fails a run that fills the memory ${when} its first evaluation`, async () => {
    const fill = "const kept = []; for (;;) kept.push(new Array(1e5).fill(0.5));";
    await use(
      moduleCode(`${statements} if (seed === 3) { ${fill} } yield { step: 1, predict: even };`),
      async (train) => {
        await assertRejects(() => train(TASK), RunFailure, "out of memory: ");
        assertEquals((await train({ ...TASK, seed: 4 })).result.status, "completed");
      },
    );
  });
}

Deno.test("loadModule() fails a run that fills the memory after an await", async () => {
  const code = moduleCode("");
  const text = `export default { name: "t", async *train() {
    await undefined;
    for (const kept = [];;) kept.push(new Array(1e5).fill(0.5));
  } };`;
  await use({ ...code, files: [{ ...code.files[0], text }] }, async (train) => {
    await assertRejects(() => train(TASK), RunFailure, "out of memory: ");
  });
});

Deno.test("loadModule() stops a loop a while after the limit of its run, and trains on", async () => {
  const code = moduleCode("yield { step: 0, predict: even }; while (seed === 3);");
  await use(code, async (train) => {
    const late = "its run went on after its time limit";
    const error = await assertRejects(() => train({ ...TASK, limitSeconds: 0 }), Error, late);
    // A launcher repeats the run: it was suspended if it has not failed the run by then.
    assert(!(error instanceof RunFailure));
    assertEquals((await train({ ...TASK, seed: 4 })).result.status, "completed");
  });
});

Deno.test("loadModule() shows a bounded number of lines", async () => {
  const { messages } = await trainBy(`
    for (let n = 0; n < 500; n++) console.log(n);
    yield { step: 0, predict: even };`);
  assertEquals(messages.length, 101);
  assertEquals(messages[100], "more than 100 lines; the others are left out");
});

Deno.test("loadModule() trains on after a run that failed", async () => {
  const code = moduleCode(`
    if (seed === 4) throw new Error("four");
    yield { step: 0, predict: even };`);
  await use(code, async (train) => {
    const { result } = await train(TASK);
    await assertRejects(() => train({ ...TASK, seed: 4 }), RunFailure, "four");
    assertEquals((await train(TASK)).result.digest, result.digest);
  });
});

/** A linear model, whose parameters are all that it predicts from. */
const LINEAR = {
  tasks: ["regression"],
  predicts: true,
  more: `predict({ config, parameters: { weight, bias }, data }, x, rows) {
    const { features } = data;
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = config.alpha * bias[0];
      for (let f = 0; f < features; f++) sum += weight[f] * x[row * features + f];
      return sum;
    });
  }`,
} as const;
const LINEAR_TRAINING = `
  const weight = Float32Array.from({ length: data.features }, random("weight"));
  const { alpha } = config;
  config.alpha = 1000;
  yield { step: 0, predict: (x, rows) => Float64Array.from({ length: rows }, (_, row) => {
    let sum = alpha * 20;
    for (let f = 0; f < data.features; f++) sum += weight[f] * x[row * data.features + f];
    return sum;
  }) };
  return { parameters: { weight: { shape: [data.features, 1], values: weight }, bias: Float64Array.of(20) } };`;

Deno.test("loadModule() scores a model without training, as training would, to the bit", async () => {
  const code = moduleCode(LINEAR_TRAINING, LINEAR);
  const task = { ...TASK, measures: ["mae"] };
  let scored: Training | undefined;
  await use(code, async (train) => void (scored = await train({ ...task, scoresTest: true })));
  assertEquals(scored?.test?.predictions?.length, 10);
  await use(code, async (train) => {
    const { result, test, parameters } = await train(task);
    assertEquals([test, result.digest], [undefined, scored?.result.digest]);
    assertEquals(await train.score?.(task, parameters), scored?.test);
    assertEquals(await train.score?.({ ...task, scoresTest: true }, parameters), scored?.test);
  });
  // In a thread that has trained nothing.
  await use(code, async (train) => {
    assertEquals(await train.score?.(task, scored?.parameters ?? []), scored?.test);
    assertEquals(await train.score?.(task, []), undefined, "a run that diverged");
    const split = { train: 0.8, validation: 0.2, test: 0, resplit: true };
    const withoutRows = { ...task, split };
    assertEquals(await train.score?.(withoutRows, scored?.parameters ?? []), undefined);
  });
});

Deno.test("loadModule() has no score for a module without predict", async () => {
  await use(moduleCode("yield { step: 0, predict: even };"), (train) => {
    assertEquals(train.score, undefined);
    return Promise.resolve();
  });
});

Deno.test("loadModule() fails a run whose parameters do not predict what its last evaluation did", async () => {
  const yields = "yield { step: 0, predict: (x, rows) => new Array(rows).fill(20) };";
  const model = "return { parameters: { value: Float64Array.of(21) } };";
  const more = "predict: ({ parameters }, x, rows) => new Array(rows).fill(parameters.value[0])";
  const options = { tasks: ["regression"], predicts: true, more } as const;
  const failure = await failureBy(yields + model, options);
  assertEquals(
    failure.message,
    "predict() must predict from the parameters what the last evaluation did: in row 1 of the " +
      "validation rows it gives 21, not 20",
  );
  const { message } = await failureBy(yields, options);
  assertEquals(message, "train() must return the parameters for predict()");
  await use(moduleCode(yields + model, options), async (train) => {
    await assertRejects(
      async () =>
        await train.score?.(TASK, [
          { name: "other", shape: [1], values: Float64Array.of(1) },
        ]),
      RunFailure,
      "TypeError",
    );
  });
});
