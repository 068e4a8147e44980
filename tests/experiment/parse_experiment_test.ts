import { assert, assertEquals, assertThrows } from "@std/assert";
import { resolveConfig } from "../../src/trainers/config.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { UserError } from "../../src/user_error.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { START } from "./_rejects.ts";

const parse = (text: string) => parseOnDataset(text, "experiments/e.yaml");
const namesOf = (text: string) => parse(text).cells.map(({ name }) => name);

Deno.test("parseExperiment() resolves every section", () => {
  const { cells, document: _, places: __, ...rest } = parse(`
name: l1-vs-l2
description: Do penalties help?
trainer: mlp
dataset:
  path: ../data/digits.csv
  target: digit
  split: { train: 0.5, validation: 0.5, test: 0, resplit: false }
  standardize: feature
fixed:
  steps: 300
  hidden: [64]
grid:
  - l1_penalty: [0, 1.0e-4]
  - l2_penalty: { log: [1.0e-4, 1.0e-2], count: 3 }
    dropout: [0, 0.5]
seeds: [3, 5, 8]
baseline: { dropout: 0.5, l2_penalty: 0.001 }
metric: validation_loss
equivalence: 0
`);
  assertEquals(rest, {
    name: "l1-vs-l2",
    description: "Do penalties help?",
    file: "experiments/e.yaml",
    dataset: {
      path: "data/digits.csv",
      target: "digit",
      split: { train: 0.5, validation: 0.5, test: 0, resplit: false },
      standardize: "feature",
      asFirstVersion: true,
    },
    trainers: BUILT_IN,
    fixed: { steps: 300, hidden: [64] },
    sweptKeys: ["l1_penalty", "l2_penalty", "dropout"],
    duplicates: 0,
    seeds: [3, 5, 8],
    baseline: 5,
    task: "classification",
    metric: "validation_loss",
    equivalence: 0,
    outline: {
      trainers: ["mlp"],
      extends: [],
      grid: ["l1_penalty (2)", "l2_penalty (3) × dropout (2)"],
      exclude: [],
      only: [],
    },
    scope: "new_data",
    launcher: {},
  });
  assertEquals(cells.map(({ name }) => name), [
    "l1_penalty=0",
    "l1_penalty=0.0001",
    "l2_penalty=0.0001 dropout=0",
    "l2_penalty=0.0001 dropout=0.5",
    "l2_penalty=0.001 dropout=0",
    "l2_penalty=0.001 dropout=0.5",
    "l2_penalty=0.01 dropout=0",
    "l2_penalty=0.01 dropout=0.5",
  ]);
  assertEquals(cells.at(5), {
    index: 5,
    name: "l2_penalty=0.001 dropout=0.5",
    technique: "l2_penalty × dropout",
    trainer: "mlp",
    config: resolveConfig(BUILT_IN.named("mlp"), {
      steps: 300,
      hidden: [64],
      l2_penalty: 0.001,
      dropout: 0.5,
    }),
  });
});

Deno.test("parseExperiment() fills in what is not said", () => {
  const { cells, document: _, places: __, ...rest } = parse(START);
  assertEquals(rest, {
    name: "e",
    description: "",
    file: "experiments/e.yaml",
    dataset: {
      path: "experiments/d.csv",
      target: "y",
      split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
      standardize: "global",
      asFirstVersion: true,
    },
    trainers: BUILT_IN,
    fixed: {},
    sweptKeys: [],
    duplicates: 0,
    seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    baseline: 0,
    task: "classification",
    metric: "validation_accuracy",
    equivalence: 0.005,
    outline: { trainers: ["mlp"], extends: [], grid: [], exclude: [], only: [] },
    scope: "new_data",
    launcher: {},
  });
  assertEquals([...cells], [
    {
      index: 0,
      name: "all",
      technique: "all",
      trainer: "mlp",
      config: resolveConfig(BUILT_IN.named("mlp"), {}),
    },
  ]);
});

Deno.test("parseExperiment() varies keys in the order of the file, not of the table", () => {
  assertEquals(namesOf(`${START}grid: { l1_penalty: [0, 1], learning_rate: [0.1, 0.2] }`), [
    "l1_penalty=0 learning_rate=0.1",
    "l1_penalty=0 learning_rate=0.2",
    "l1_penalty=1 learning_rate=0.1",
    "l1_penalty=1 learning_rate=0.2",
  ]);
  assertEquals(Object.keys(parse(`${START}fixed: { steps: 3, hidden: [8] }`).fixed), [
    "steps",
    "hidden",
  ]);
});

Deno.test("parseExperiment() reads numbers however they are written", () => {
  const values = "[1e-4, 1.0e-3, .01, 1.e-1, 1E+0, 0x2, 3e0, 4.0, +5, -0]";
  assertEquals(
    parse(`${START}grid: { l1_penalty: ${values} }`).cells.map(({ config }) => config.l1_penalty),
    [1e-4, 1e-3, 0.01, 0.1, 1, 2, 3, 4, 5, 0],
  );
});

Deno.test("parseExperiment() makes integers and words of what the table says they are", () => {
  const text = `${START}
fixed: { batch_size: 32, clip_gradient: 0.5, activation: [relu, tanh] }
grid: { steps: { log: [1, 1000], count: 4 }, init: [he, normal] }
`;
  const { fixed, cells } = parse(text);
  assertEquals(fixed, { batch_size: 32, clip_gradient: 0.5, activation: ["relu", "tanh"] });
  assertEquals(cells.map(({ name }) => name).filter((name) => name.endsWith("init=he")), [
    "steps=1 init=he",
    "steps=10 init=he",
    "steps=100 init=he",
    "steps=1000 init=he",
  ]);
});

Deno.test("parseExperiment() counts dropped duplicates", () => {
  const { cells, duplicates } = parse(
    `${START}grid: [{ l1_penalty: [0, 1] }, { l2_penalty: [0, 1] }, { l1_penalty: [1, 2] }]`,
  );
  assertEquals(cells.map(({ name }) => name), [
    "l1_penalty=0",
    "l1_penalty=1",
    "l2_penalty=1",
    "l1_penalty=2",
  ]);
  assertEquals(duplicates, 2);
});

Deno.test("parseExperiment() takes an empty block among others as one cell", () => {
  assertEquals(namesOf(`${START}grid: [{}, { dropout: [0.5] }]`), ["fixed", "dropout=0.5"]);
});

Deno.test("parseExperiment() replaces aliases and merge keys by what they stand for", () => {
  const text = `
name: &name e
description: *name
dataset: { path: d.csv, target: *name }
fixed: &common { steps: 10, momentum: 0.5 }
grid:
  - &strengths
    l1_penalty: &values [0, 0.1]
  - { <<: *strengths, dropout: [0.5] }
  - l2_penalty: *values
  - { l1_penalty: [0.3], <<: [*strengths, { dropout: [0.2] }] }
baseline: { <<: *common, l1_penalty: 0 }
`;
  const { description, dataset, cells, baseline } = parse(text);
  assertEquals([description, dataset.target], ["e", "e"]);
  assertEquals(cells.map(({ name }) => name), [
    "l1_penalty=0",
    "l1_penalty=0.1",
    "l1_penalty=0 dropout=0.5",
    "l1_penalty=0.1 dropout=0.5",
    "l2_penalty=0.1",
    "l1_penalty=0.3 dropout=0.2",
  ]);
  assertEquals(baseline, 0);
});

Deno.test("parseExperiment() takes an alias for the last anchor of its name before it", () => {
  assertEquals(
    namesOf(`${START}grid: [{ dropout: &a [0.1] }, { momentum: &a [0.2] }, { l1_penalty: *a }]`),
    [
      "dropout=0.1",
      "momentum=0.2",
      "l1_penalty=0.2",
    ],
  );
});

Deno.test("parseExperiment() finds a dataset beside the experiment or by its whole path", () => {
  const pathOf = (path: string, file: string) =>
    parseOnDataset(`name: e\ndataset: { path: ${path}, target: y }`, file).dataset.path;
  assertEquals(pathOf("d.csv", "e.yaml"), "d.csv");
  assertEquals(pathOf("../data/d.csv", "experiments/e.yaml"), "data/d.csv");
  assertEquals(pathOf("../data/d.csv", "e.yaml"), "../data/d.csv");
  assertEquals(pathOf("/data/d.csv", "experiments/e.yaml"), "/data/d.csv");
});

Deno.test("parseExperiment() accepts names that a folder may have", () => {
  for (const name of ["e", "L1_vs.L2-3", "_", "2nd", "stores", "a..b", "x".repeat(100)]) {
    assertEquals(parse(`name: "${name}"\ndataset: { path: d.csv, target: y }`).name, name);
  }
});

Deno.test("parseExperiment() accepts fractions that add up to 1 but for rounding", () => {
  for (
    const split of [
      "train: 0.7, validation: 0.2, test: 0.1",
      "train: 0.8, validation: 0.2, test: 0",
    ]
  ) {
    parse(`name: e\ndataset: { path: d.csv, target: y, split: { ${split} } }`);
  }
  const { split } = parse("name: e\ndataset: { path: d.csv, target: y, split: { resplit: false } }")
    .dataset;
  assertEquals(split, { train: 0.6, validation: 0.2, test: 0.2, resplit: false });
});

Deno.test("parseExperiment() builds a grid of many cells, but no more than allowed", () => {
  const grid =
    "l1_penalty: { log: [1e-5, 1], count: 200 }, l2_penalty: { log: [1e-5, 1], count: 100 }";
  const { cells } = parse(`${START}grid: { ${grid} }\nseeds: 50`);
  assertEquals(cells.length, 20_000);
  assertThrows(() => parse(`${START}grid: { ${grid} }\nseeds: 51`), UserError, "1020000 runs");
});

Deno.test("parseExperiment() shows the first hundred problems and counts the rest", () => {
  const lines = Array.from({ length: 103 }, (_, index) => `  key${index}: 1\n`);
  const { problems } = assertThrows(() => parse(`${START}fixed:\n${lines.join("")}`), UserError);
  assertEquals(problems.length, 101);
  assertEquals(problems[100], { message: "There are 3 more problems" });
});

Deno.test("parseExperiment() rejects at once what is made to exhaust memory or time", () => {
  const letters = [..."abcdefghi"];
  const bomb = letters.slice(1).map((letter, index) => {
    return `${letter}: &${letter} [${`*${letters[index]}, `.repeat(9)}]`;
  });
  const texts: [string, string][] = [
    [`a: &a [x]\n${bomb.join("\n")}`, "Aliases stand for more than 100000 values"],
    [`${START}fixed: ${"[".repeat(50_000)}`, "It is nested too deeply"],
    [`${START}fixed: ${"{ a: ".repeat(50_000)}`, "It is nested too deeply"],
    [`${START}grid: [${"{ steps: { linear: [1, 2], count: 1e6 } }, ".repeat(500)}]`, "500000000"],
  ];
  for (const [text, message] of texts) {
    const start = performance.now();
    assertThrows(() => parse(text), UserError, message);
    const seconds = (performance.now() - start) / 1000;
    // Building any of it would not end, or take gigabytes.
    assert(seconds < HANG_SECONDS, `${message} took ${seconds} s`);
  }
});
