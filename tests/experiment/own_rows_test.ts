import { assertEquals, assertThrows } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { configWithoutDefaults, resolveConfig } from "../../src/trainers/config.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { ownTrainer, withOwn } from "./_own_trainers.ts";

const OWN = ownTrainer({
  alpha: { type: "number", minimum: 0, regularizer: true, label: "Ridge penalty" },
  depth: { type: "integer", minimum: 1, default: 3 },
  warm: { type: "boolean", default: false },
  solver: { type: "choice", choices: ["newton", "gradient"], default: "newton" },
  hidden: { type: "integer", minimum: 1, default: 8 },
});
const TRAINERS = withOwn(OWN);
const HEAD = "name: e\ndataset: { path: d.csv, target: y }\ntrainer: own\n";

const parse = (text: string, overrides: ExperimentChanges = {}) =>
  parseExperiment(`${HEAD}${text}`, "e.yaml", overrides, TRAINERS);
const namesOf = (text: string, overrides?: ExperimentChanges) =>
  parse(text, overrides).cells.map(({ name }) => name);

function problemsOf(text: string, overrides?: ExperimentChanges): string {
  const { problems } = assertThrows(() => parse(text, overrides), UserError);
  return formatProblems(problems.map(({ place: _, ...problem }) => problem));
}

Deno.test("rows of an own trainer are swept, fixed and set like others", () => {
  const text = "fixed: { alpha: 1 }\ngrid: { warm: [false, true], solver: [newton, gradient] }\n";
  const { cells, sweptKeys } = parse(text);
  assertEquals(sweptKeys, ["warm", "solver"]);
  assertEquals(cells.at(3)?.name, "warm=true solver=gradient");
  assertEquals(cells.at(3)?.config, {
    ...{ alpha: 1, depth: 3, warm: true, solver: "gradient", hidden: 8 },
  });
  assertEquals(
    namesOf("fixed: { alpha: 1 }\ngrid: { hidden: [4, 8], depth: { linear: [1, 5], count: 3 } }"),
    [
      ...["hidden=4 depth=1", "hidden=4 depth=3", "hidden=4 depth=5"],
      ...["hidden=8 depth=1", "hidden=8 depth=3", "hidden=8 depth=5"],
    ],
  );
  const { cells: [set] } = parse("grid: { alpha: [0, 1] }", { set: ["alpha=2", "warm=true"] });
  assertEquals([set.config.alpha, set.config.warm], [2, true]);
});

Deno.test("a key without a default cannot be off in a sample", () => {
  for (const sample of ["{ count: 4 }", "{ count: 4, method: tpe }"]) {
    const grid = (off: string) => `grid: { sample: ${sample}, alpha: { uniform: [1, 2]${off} } }`;
    assertEquals(namesOf(grid("")).length, 4);
    assertEquals(
      problemsOf(grid(", off: 0.5")),
      "Cannot use off 0.5: alpha has no default that it could keep",
    );
  }
});

Deno.test("patterns and baselines know true and false", () => {
  const text = "fixed: { alpha: 1 }\ngrid: { warm: [false, true], depth: [1, 2] }\n";
  assertEquals(namesOf(`${text}only: warm=true`), ["warm=true depth=1", "warm=true depth=2"]);
  assertEquals(namesOf(`${text}exclude: { warm: true }`), [
    "warm=false depth=1",
    "warm=false depth=2",
  ]);
  assertEquals(namesOf(`${text}only: ["warm!=true depth>1"]`), ["warm=false depth=2"]);
  assertEquals(parse(`${text}baseline: { warm: true, depth: 2 }`).baseline, 3);
  assertEquals(
    problemsOf(`${text}only: warm>true`),
    "Cannot use only warm>true: > compares numbers, not words",
  );
});

Deno.test("values of an own trainer's rows are refused in words, with the nearest right ones", () => {
  const cases: Record<string, string> = {
    "fixed: { alpha: -1 }": "Cannot use alpha -1: alpha must be at least 0",
    "fixed: { alpha: 1, warm: yes }":
      "Cannot use warm yes: warm must be true or false (write true)",
    "fixed: { alpha: 1, depht: 2 }": 'Unknown hyperparameter "depht" (did you mean "depth"?)',
    "fixed: { alpha: 1, solver: newtn }":
      'Cannot use solver newtn: solver must be newton or gradient (did you mean "newton"?)',
    "fixed: { alpha: 1, momentum: 0.5 }":
      'Unknown hyperparameter "momentum": only trainer mlp has it',
  };
  for (const [text, message] of Object.entries(cases)) assertEquals(problemsOf(text), message);
});

Deno.test("a hyperparameter without a default must have a value in each cell of its trainer", () => {
  const hint = "write it under fixed, or in the grid";
  const message = `Missing hyperparameter alpha: trainer own has no default for it (${hint})`;
  for (const text of ["", "grid: { depth: [1, 2] }", "grid: [{ alpha: 1 }, { depth: 2 }]"]) {
    assertEquals(problemsOf(text), message);
  }
  const { problems: [{ place }] } = assertThrows(() => parse("grid: { depth: [1, 2] }"), UserError);
  assertEquals([place?.line, place?.text], [3, "trainer: own"]);
  assertEquals(namesOf("grid: { alpha: [1, 2] }"), ["alpha=1", "alpha=2"]);
  assertEquals(namesOf("", { set: ["alpha=1"] }), ["all"]);
  // Another trainer's cells have no such key.
  assertEquals(namesOf("grid: [{ trainer: mlp, dropout: [0, 0.5] }, { alpha: 1 }]").length, 3);
});

Deno.test("keys have the values of rows without a default, always", () => {
  const configOf = (values: Parameters<typeof resolveConfig>[1]) =>
    configWithoutDefaults(OWN, resolveConfig(OWN, values));
  assertEquals(configOf({ alpha: 0 }), { alpha: 0 });
  assertEquals(configOf({ alpha: 0, depth: 3, warm: true }), { alpha: 0, warm: true });
});

Deno.test("a key can mean another thing to an own trainer than to a built-in one", () => {
  const text = "grid: [{ alpha: 1, hidden: [4, 8] }, { trainer: mlp, hidden: [[16], [8, 8]] }]";
  assertEquals(namesOf(text).map((name) => name.replace(/^trainer=/, "")), [
    ...["own alpha=1 hidden=4", "own alpha=1 hidden=8"],
    ...["mlp hidden=[16]", "mlp hidden=[8, 8]"],
  ]);
  assertEquals(
    problemsOf("grid: [{ alpha: 1, hidden: [[4]] }, { trainer: mlp, hidden: [[16]] }]"),
    "Cannot use hidden [4]: hidden must be an integer of at least 1",
  );
});

Deno.test("own rows are sampled, however many there are", () => {
  const many = Object.fromEntries(
    Array.from({ length: 70 }, (_, index) => [`a${index}`, { type: "number", default: 0 }]),
  );
  const trainers = withOwn(ownTrainer(many));
  const text =
    `${HEAD}grid: { sample: { count: 8, method: sobol }, a0: { uniform: [0, 1] }, a69: { uniform: [0, 1] } }`;
  const { cells } = parseExperiment(text, "e.yaml", {}, trainers);
  for (const key of ["a0", "a69"]) {
    const eighths = cells.map(({ config }) => Math.floor(8 * Number(config[key]))).sort();
    assertEquals(eighths, [0, 1, 2, 3, 4, 5, 6, 7]);
  }
});
