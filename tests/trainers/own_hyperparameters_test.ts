import { assertEquals } from "@std/assert";
import { readHyperparameters } from "../../src/trainers/own_hyperparameters.ts";

/** The messages of problems with their paths. */
function problemsOf(definition: unknown): string[] {
  return readHyperparameters(definition).problems.map(({ path, message, hint }) => {
    return `${path.join(".")}: ${message}${hint ? ` (${hint})` : ""}`;
  });
}

Deno.test("readHyperparameters() makes rows, of which only the type is required", () => {
  const { rows, problems } = readHyperparameters({
    c: { type: "number", exclusiveMinimum: 0, default: 1, regularizer: true, label: "C" },
    depth: { type: "integer", minimum: 1, unit: "levels", help: "how deep trees may be" },
    solver: { type: "choice", choices: ["newton-cg", "lbfgs"], default: "lbfgs" },
    warm: { type: "boolean", default: false },
  });
  assertEquals(problems, []);
  assertEquals(rows as unknown, [
    {
      ...{ key: "c", type: "number", shape: "scalar", exclusiveMinimum: 0, default: 1 },
      ...{ sobolDimension: 1, label: "C", help: "", regularizer: true },
    },
    {
      ...{ key: "depth", type: "integer", shape: "scalar", minimum: 1, sobolDimension: 2 },
      ...{ unit: "levels", label: "depth", help: "how deep trees may be" },
    },
    {
      ...{ key: "solver", type: "word", shape: "scalar", words: ["newton-cg", "lbfgs"] },
      ...{ default: "lbfgs", sobolDimension: 3, label: "solver", help: "" },
    },
    {
      ...{ key: "warm", type: "boolean", shape: "scalar", default: false, sobolDimension: 4 },
      ...{ label: "warm", help: "" },
    },
  ]);
  assertEquals(readHyperparameters(undefined), { rows: [], problems: [] });
});

Deno.test("readHyperparameters() takes steps, as modules and the built-in trainers do", () => {
  assertEquals(problemsOf({ steps: { type: "integer" }, key: { type: "number" } }), []);
  assertEquals(problemsOf({ zip: { type: "number" }, validation_loss: { type: "number" } }), [
    'zip: Cannot use hyperparameter "zip": it is a word of the grid',
    'validation_loss: Cannot use hyperparameter "validation_loss": a column of the result files has this name',
  ]);
});

Deno.test("readHyperparameters() reports every problem with its path", () => {
  assertEquals(problemsOf([]), [
    ": hyperparameters must be a mapping from names to their definitions",
  ]);
  assertEquals(
    problemsOf({
      learningRate: { type: "number" },
      seed: { type: "integer" },
      a: "number",
      b: {},
      c: { type: "nunber" },
      d: { type: "word", choices: 1 },
      e: { type: "choice" },
      f: { type: "choice", choices: ["x", "x"] },
      g: { type: "number", defualt: 1, minimum: "0", default: "1" },
      h: { type: "boolean", minimum: 0, default: 1 },
      i: { type: "integer", default: 1.5 },
      j: { type: "number", minimum: 0, default: -1 },
      k: { type: "choice", choices: ["x", "y"], default: "z" },
      l: { type: "number", regularizer: "yes", label: "", help: "a\nb" },
    }),
    [
      'learningRate: Cannot use hyperparameter "learningRate": names are lower-case words of letters and digits, joined by underscores, such as learning_rate (did you mean learning_rate?)',
      'seed: Cannot use hyperparameter "seed": a column of the result files has this name',
      "a: a must be a mapping such as { type: number, default: 1 }",
      "b: Missing type of b: number, integer, boolean or choice",
      'c.type: Cannot use type "nunber" of c: it must be number, integer, boolean or choice (did you mean "number"?)',
      'd.type: Cannot use type "word" of d: it must be number, integer, boolean or choice',
      "e: choices of e must be a list of words",
      'f.choices: choices of f have "x" twice',
      'g.defualt: Unknown member "defualt" of hyperparameter g (did you mean "default"?)',
      "g.minimum: minimum of g must be a number",
      'g.default: Cannot use default "1" of g: it must be a number',
      "h.minimum: Cannot use minimum of h: its type is boolean",
      "h.default: Cannot use default 1 of h: it must be true or false",
      "i.default: Cannot use default 1.5 of i: it must be an integer",
      "j.default: Cannot use default -1 of j: it must be within its bounds, and minimum is 0",
      'k.default: Cannot use default "z" of k: it must be x or y',
      "l.regularizer: regularizer of l must be true or false",
      "l.label: label of l must be one line of text",
      "l.help: help of l must be one line of text",
    ],
  );
});

Deno.test("readHyperparameters() refuses a label that another hyperparameter has", () => {
  assertEquals(
    problemsOf({
      a: { type: "number", label: "L2 penalty" },
      b: { type: "number", label: "L2 penalty" },
      c: { type: "number", label: "d" },
      d: { type: "number" },
    }),
    [
      'b.label: Cannot use label "L2 penalty" of b: a has the same',
      'd.label: Cannot use label "d" of d: c has the same',
    ],
  );
});
