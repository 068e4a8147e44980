import { assertEquals, assertStringIncludes } from "@std/assert";
import { forEach } from "../../_for_each.ts";
import { problemsOf } from "./_module_folder.ts";

/** What is wrong with a module, line by line, without the lines of its text. */
async function problemLines(text: string): Promise<string[]> {
  const shown = await problemsOf({ "model.ts": text });
  return shown.split("\n").filter((line) => line.startsWith("DIR/model.ts"))
    .map((line) => line.replace("DIR/model.ts:", ""));
}

Deno.test("every problem of a definition is shown at its member", async () => {
  assertEquals(
    await problemsOf({
      "model.ts": `const rows = { type: "number", minimum: "0", default: 1 } as const;
export default {
  name: "two words",
  task: ["regression"],
  tasks: ["classification", "regresion"],
  hyperparameters: {
    learningRate: { type: "number" },
    alpha: rows,
    depth: {
      type: "integer",
      maximum: 1.5,
      dflt: 3,
    },
    cell: { type: "boolean", default: false },
    "best_step": {},
  },
  allow: ["maths"],
  train: 3,
  name: "ridge",
};
`,
    }),
    `DIR/model.ts:1:41: minimum of alpha must be a number
  1 | const rows = { type: "number", minimum: "0", default: 1 } as const;
    |                                         ^^^
DIR/model.ts:4:3: Unknown member "task" of a trainer
  4 |   task: ["regression"],
    |   ^^^^ did you mean "tasks"?
DIR/model.ts:5:29: Cannot use "regresion": tasks must be a list of classification and regression
  5 |   tasks: ["classification", "regresion"],
    |                             ^^^^^^^^^^^ did you mean "regression"?
DIR/model.ts:7:5: Cannot use hyperparameter "learningRate": names are lower-case words of letters and digits, joined by underscores, such as learning_rate
  7 |     learningRate: { type: "number" },
    |     ^^^^^^^^^^^^ did you mean learning_rate?
DIR/model.ts:11:16: maximum of depth must be an integer, as depth is
  11 |       maximum: 1.5,
     |                ^^^
DIR/model.ts:12:7: Unknown member "dflt" of hyperparameter depth
  12 |       dflt: 3,
     |       ^^^^ there are type, choices, minimum, exclusiveMinimum, maximum, exclusiveMaximum, default, regularizer, label, unit, help
DIR/model.ts:14:5: Cannot use hyperparameter "cell": a column of the result files has this name
  14 |     cell: { type: "boolean", default: false },
     |     ^^^^
DIR/model.ts:15:5: Cannot use hyperparameter "best_step": a column of the result files has this name
  15 |     "best_step": {},
     |     ^^^^^^^^^^^
DIR/model.ts:15:18: Missing type of best_step: number, integer, boolean or choice
  15 |     "best_step": {},
     |                  ^^
DIR/model.ts:17:11: Cannot use "maths": allow must be ["math"]
  17 |   allow: ["maths"],
     |           ^^^^^^^ did you mean "math"?
DIR/model.ts:18:10: Cannot use 3 as train: it must be a generator function, *train(run) { … }
  18 |   train: 3,
     |          ^
DIR/model.ts:19:3: Cannot use "name" twice
  19 |   name: "ridge",
     |   ^^^^`,
  );
});

Deno.test("a trainer names no metric, since the experiment does", async () => {
  assertEquals(
    await problemLines(
      `export default { name: "t", metric: "score", *train() {}, allow: [] };\n`,
    ),
    [
      '1:29: Unknown member "metric" of a trainer',
      '1:66: allow must be ["math"]; leave it out if there is none',
    ],
  );
  assertStringIncludes(
    await problemsOf({ "model.ts": `export default { name: "t", metric: "score", *train() {} };` }),
    "^^^^^^ the experiment names the metric: metric: { key, better }",
  );
});

Deno.test("what a module exports must be a plain object", async () => {
  const exports: Readonly<Record<string, string>> = {
    "export const a = 1;": " A trainer's module exports an object by default: export default { … }",
    "export default 3;": "1:16: A trainer's module must export a plain object by default, not 3",
    "export default function () {}":
      "1:16: A trainer's module must export a plain object by default, not a function",
    "export default class { train() {} }":
      "1:16: A trainer's module must export a plain object by default, not a class",
    "export default Promise.resolve({});":
      "1:16: A trainer's module must export a plain object by default, not a promise",
    "export default new (class A {})();":
      "1:16: A trainer's module must export a plain object by default, not an object of a class",
    "export default [];": "1:16: A trainer's module must export a plain object by default, not []",
    "export default null;":
      "1:16: A trainer's module must export a plain object by default, not null",
  };
  await forEach(Object.entries(exports), async ([text, problem]) => {
    assertEquals(await problemLines(text), [problem], text);
  });
  assertEquals(await problemLines("export default {};"), [
    "1:16: Missing train of the trainer: a generator function, *train(run) { … }",
    '1:16: Missing name of the trainer, such as name: "ridge"',
  ]);
});

Deno.test("train must be a generator function", async () => {
  const message = (what: string) =>
    `1:29: Cannot use ${what} as train: it must be a generator function, *train(run) { … }`;
  const trains: Readonly<Record<string, readonly string[]>> = {
    "async train() {}": [message("an async function")],
    "train: async () => {}": [message("an async function").replace("1:29", "1:36")],
    "train: class {}": [message("a class").replace("1:29", "1:36")],
    "*train() {}": [],
    "async *train() {}": [],
    "train: (run) => other(run)": [],
  };
  await forEach(Object.entries(trains), async ([train, problems]) => {
    const text = `export default { name: "m", ${train} };\nfunction* other() {}`;
    assertEquals(await problemLines(text), problems, train);
  });
  assertStringIncludes(
    await problemsOf({ "model.ts": 'export default { name: "m", async train() {} };' }),
    "write async *train(run) { … }",
  );
});

Deno.test("what is wrong in a definition of another file is shown where it is exported again", async () => {
  assertEquals(
    await problemsOf({
      "model.ts": 'const own = 1;\nexport { own as default } from "./lib/own.ts";\n',
      "lib/own.ts": "export const own = { name: 3, *train() {} };\n",
    }),
    `DIR/model.ts:2:10: Cannot use name 3: a name begins with a letter and goes on with letters, digits, underscores and hyphens
  2 | export { own as default } from "./lib/own.ts";
    |          ^^^^^^^^^^^^^^`,
  );
});

/** Hyperparameters of one definition, each on a line of its own: a thread for each would take long. */
interface Row {
  readonly key: string;
  readonly row: string;
}

/** What is wrong first with each hyperparameter: what the carets mark, and the message; empty if nothing. */
async function rowProblems(rows: readonly Row[]): Promise<string[]> {
  const lines = rows.map(({ key, row }) => `${key}: ${row},\n`);
  const text = `export default { name: "m", *train() {}, hyperparameters: {\n${lines.join("")}} };`;
  const found: string[] = rows.map(() => "");
  const shown = (await problemsOf({ "model.ts": text })).split("\n");
  for (const [at, shownLine] of shown.entries()) {
    const [, number, message] = /^DIR\/model\.ts:(\d+):\d+: (.*)$/.exec(shownLine) ?? [];
    if (number === undefined) continue;
    const [, start, { length }] = /^(.*?)(\^+)/.exec(shown[at + 2]) ?? [];
    const marked = shown[at + 1].slice(start.length, start.length + length);
    // The definition starts in the first line.
    found[Number(number) - 2] ||= `${marked}: ${message}`;
  }
  return found;
}

Deno.test("hyperparameters are checked like those of regsweep", async () => {
  const rows: Readonly<Record<string, string>> = {
    '{ type: "nunber" }':
      '"nunber": Cannot use type "nunber" of a: it must be number, integer, boolean or choice',
    "3": "3: a must be a mapping such as { type: number, default: 1 }",
    "() => 1": "() => 1: a must be a mapping such as { type: number, default: 1 }",
    '{ type: "number", minimum: NaN }': "NaN: minimum of a must be a number",
    '{ type: "number", minimum: 1n }': "1n: minimum of a must be a number",
    '{ type: "number", minimum: 2, maximum: 1 }':
      "1: Cannot use maximum 1 of a: no value is left above 2",
    '{ type: "number", exclusiveMinimum: 1, maximum: 1 }':
      "1: Cannot use maximum 1 of a: no value is left above 1",
    '{ type: "integer", exclusiveMinimum: 1, exclusiveMaximum: 2 }':
      "2: Cannot use exclusiveMaximum 2 of a: no value is left above 1",
    '{ type: "number", minimum: 1, exclusiveMinimum: 1 }':
      "1: a has both minimum and exclusiveMinimum: leave one out",
    '{ type: "number", default: "1" }': '"1": Cannot use default "1" of a: it must be a number',
    '{ type: "number", default: Infinity }':
      "Infinity: Cannot use default Infinity of a: it must be a number",
    '{ type: "number", minimum: 0, default: -1 }':
      "-1: Cannot use default -1 of a: it must be within its bounds, and minimum is 0",
    '{ type: "integer", default: 2.5 }': "2.5: Cannot use default 2.5 of a: it must be an integer",
    '{ type: "boolean", default: 0 }': "0: Cannot use default 0 of a: it must be true or false",
    '{ type: "boolean", minimum: 0 }': "0: Cannot use minimum of a: its type is boolean",
    '{ type: "boolean", regularizer: true }':
      "true: Cannot use regularizer of a: a regularizer has a strength, and its type is boolean",
    '{ type: "choice" }': '{ type: "choice" }: choices of a must be a list of words',
    '{ type: "choice", choices: [] }': "[]: choices of a must be a list of words",
    '{ type: "choice", choices: ["x", "true"] }':
      '["x", "true"]: choices of a must be words that begin with a letter and go on with letters, digits and . + - _, not "true"',
    '{ type: "choice", choices: ["x", "x"] }': '["x", "x"]: choices of a have "x" twice',
    '{ type: "choice", choices: ["x", "y"], default: "z" }':
      '"z": Cannot use default "z" of a: it must be x or y',
    '{ type: "number", choices: ["x"] }':
      '["x"]: Cannot use choices of a: its type is number, not choice',
    '{ type: "number", label: "a\\nb" }': '"a\\nb": label of a must be one line of text',
    '{ type: "number", unit: "" }': '"": unit of a must be one line of text',
    '{ type: "number", help: 3 }': "3: help of a must be one line of text",
    '{ type: "number", get default() { throw new Error("x"); } }':
      'get default() { throw new Error("x"); }: Cannot use default a getter that throws of a: it must be a number',
    '{ type: "number", type: "integer" }': 'type: Cannot use "type" twice',
  };
  const found = await rowProblems(
    Object.keys(rows).map((row, index) => ({ key: `a${index}`, row })),
  );
  const named = found.map((problem, index) => problem.replaceAll(`a${index}`, "a"));
  assertEquals(Object.fromEntries(Object.keys(rows).map((row, i) => [row, named[i]])), rows);
});

Deno.test("a hyperparameter cannot have a name that means something else", async () => {
  const problemsOfKeys = (keys: readonly string[]) => {
    return rowProblems(keys.map((key) => ({ key, row: '{ type: "number" }' })));
  };
  const reserved = [
    ...["cell", "run", "seed", "fold", "replicate", "status", "digest", "mean", "trainer"],
    ...["standardize", "impute", "sample", "zip", "conditional", "when", "validation_accuracy"],
    ...["best_validation_accuracy", "train_loss"],
  ];
  for (const [index, problem] of (await problemsOfKeys(reserved)).entries()) {
    const key = reserved[index];
    assertStringIncludes(problem, `${key}: Cannot use hyperparameter "${key}": `);
  }
  const allowed = ["steps", "k", "learning_rate", "c2"];
  assertEquals(await problemsOfKeys(allowed), allowed.map(() => ""));
  const wrong = ["_a", "a_", "A", "a-b", "a$", "ä", "__proto__"];
  for (const problem of await problemsOfKeys(wrong.map((key) => `["${key}"]`))) {
    assertStringIncludes(problem, "names are");
  }
});

Deno.test("of a definition that is not written in its file, the nearest place is shown", async () => {
  const shown = await problemsOf({
    "model.ts": `import { rows, more } from "./rows.ts";
export default {
  name: "m",
  hyperparameters: rows,
  ...more,
  *train() {},
};
`,
    "rows.ts": `export const rows = { a: { type: "word" } };\nexport const more = { extra: 1 };\n`,
  });
  assertEquals(
    shown,
    `DIR/model.ts:2:16: Unknown member "extra" of a trainer
  2 | export default {
    |                ^ there are name, tasks, hyperparameters, allow, train, predict
DIR/model.ts:4:3: Cannot use type "word" of a: it must be number, integer, boolean or choice
  4 |   hyperparameters: rows,
    |   ^^^^^^^^^^^^^^^`,
  );
});

Deno.test("predict must be a function, and there must be rows to predict", async () => {
  const text = (predict: string, tasks = 'tasks: ["regression"],') =>
    `export default { name: "a", ${tasks} *train() {}, predict: ${predict} };`;
  assertEquals(await problemLines(text("3")), [
    "1:74: Cannot use 3 as predict: it must be a function, predict(model, x, rows) { … }",
  ]);
  assertEquals(await problemLines(text("() => []", "")), [
    "1:52: Cannot use predict without tasks: there are no rows to predict",
  ]);
});
