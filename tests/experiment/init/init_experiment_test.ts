import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { initExperiment } from "../../../src/experiment/init/init_experiment.ts";
import { openExperiment } from "../../../src/experiment/open_experiment.ts";
import { UserError } from "../../../src/user_error.ts";
import { withFiles } from "../_with_files.ts";

/** Rows of people: numbers with gaps, words, a row number, one word in all rows, and who came. */
function people(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const age = row % 7 === 0 ? "NA" : 20 + (row * 13) % 50;
    const town = ["Bonn", "Ulm", "Kiel"][row % 3];
    return `${1000 + row},${age},${town},here,${(row * 7) % 10 < 6 ? "yes" : "no"}`;
  });
  return ["id,age,town,place,came", ...lines].join("\n") + "\n";
}

/** Rows of two numbers and a quantity. */
function quantities(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => [row % 11, (row * 5) % 13, (row % 11) * 1.5 + (row * 37 % 101) / 50].join("\t"),
  );
  return ["a\tb\ty", ...lines].join("\n") + "\n";
}

/** Rows without a header, in which one class of three is rare. */
function skewed(rows: number): string {
  return Array.from({ length: rows }, (_, row) => {
    const label = row % 25 === 0 ? "rare" : row % 2 === 0 ? "even" : "odd";
    return `${(row * 7) % 31}.5,${row % 5},${label}\n`;
  }).join("");
}

/** What is written for `people(100)`. */
const EXPLAINED =
  `# A first experiment with people.csv, as \`deno task init\` wrote it. Comments say what was detected
# in the table, and why. You can change everything; what you leave out is detected again. \`deno task
# plan\` shows what a sweep of this file would do.

name: made
description: "Which regularization helps to predict came, and how much?"
dataset:
  path: people.csv # relative to this file
  target: came # the column to predict
  task: classification # classes and their rows: "no" 40, "yes" 60
  separator: comma # what stands between fields: comma, semicolon, tab, bar or space
  header: true # the first line names the columns
  missing: [NA] # what stands for a gap, beside an empty cell: "NA" 15 times
  columns: # what each is used as: number, boolean, category, date or drop
    id: drop # it counts in steps of 1, from 1000
    age: number # 20 to 69, 15 gaps
    town: category # "Bonn", "Kiel", "Ulm"
    place: drop # all cells are the same
  # gaps become the median of the training rows, and one more input says where they were
  impute: median
  # numbers become (x − mean) / deviation, those of the training rows; or robust, global, none
  standardize: feature
  # each seed draws its own rows, and each class has its share of each part
  split: { train: 0.6, validation: 0.2, test: 0.2, stratify: true }
fixed: # what all cells have in common
  hidden: [64] # one hidden layer; [] trains a linear model, [128, 128] a larger network
  batch_size: 32 # training rows per step
  steps: 500 # each training row is used about 267 times
  init: glorot # smaller initial outputs than with he, the default: small tables are learned better
  learning_rate: 0.1 # smaller if runs diverge, with more steps
grid: # what differs between cells: each regularizer alone, over its strength
  - { l2_penalty: [0, 0.0001, 0.001, 0.01, 0.1] } # keeps weights small
  - { l1_penalty: [0.0001, 0.001, 0.01] } # keeps few weights large
  - { dropout: [0.1, 0.25, 0.5] } # leaves out hidden units at random
  - { input_noise: [0.1, 0.25, 0.5] } # adds noise to the columns
  - { label_smoothing: [0.05, 0.1, 0.2] } # makes predictions less sure
seeds: 10 # each cell is trained 10 times, with other rows and other initial weights
# no regularization: what the cells are compared with
baseline: { l2_penalty: 0, l1_penalty: 0, dropout: 0, input_noise: 0, label_smoothing: 0 }
metric: validation_accuracy # the share of validation rows predicted right
equivalence: 0.005 # smaller differences of the metric do not matter
`;

/** Writes an experiment for a table, which is checked to be right, and gives its text. */
async function textFor(name: string, table: string, target?: string): Promise<string> {
  let text = "";
  await withFiles({ [name]: table }, async (folder) => {
    const output = `${folder}/made.yaml`;
    const { path, experiment } = await initExperiment(`${folder}/${name}`, { target, output });
    assertEquals(path, output);
    text = await Deno.readTextFile(output);
    const opened = await openExperiment(output);
    assertEquals(opened.experiment.cells.length, experiment.cells.length);
    assertEquals(opened.experiment.duplicates, 0);
    text = text.replaceAll(folder, "…");
  });
  return text;
}

Deno.test("initExperiment() explains every choice in a comment", async () => {
  const text = await textFor("people.csv", people(100), "came");
  assertEquals(text, EXPLAINED);
});

Deno.test("initExperiment() says everything that was told from the table", async () => {
  const text = await textFor("people.csv", people(100), "came");
  const { dataset } = parse(text);
  assertEquals(dataset.columns, {
    id: "drop",
    age: "number",
    town: "category",
    place: "drop",
  });
});

Deno.test("initExperiment() predicts a quantity with settings that suit it", async () => {
  const text = await textFor("quantities.tsv", quantities(90));
  const { dataset, metric, grid, fixed } = parse(text);
  assertEquals([dataset.target, dataset.task], ["y", "regression"]);
  assertEquals(metric, "validation_rmse");
  assertEquals(fixed.init, "glorot");
  assert(!grid.some((block: object) => "label_smoothing" in block));
});

Deno.test("initExperiment() weighs classes where one is rare, and compares by all of them", async () => {
  const text = await textFor("skewed.data", skewed(200));
  const { dataset, metric, fixed } = parse(text);
  assertEquals(dataset.target, "column_3");
  assertEquals(fixed.class_weight, "balanced");
  assertEquals(metric, "validation_balanced_accuracy");
  assertStringIncludes(text, "the last one, with 3 classes");
});

Deno.test("initExperiment() takes no target that could be another", () =>
  withFiles({ "a.csv": "a,b\n1.5,2.5\n2.5,3.5\n3.5,1.25\n4,5\n" }, async (folder) => {
    const error = await assertRejects(
      () => initExperiment(`${folder}/a.csv`, { output: `${folder}/a.yaml` }),
      UserError,
      `Cannot tell which column of ${folder}/a.csv to predict: it has "a", "b"`,
    );
    assertStringIncludes(error.problems[0].hint ?? "", "--target");
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("initExperiment() overwrites nothing", () =>
  withFiles({ "a.csv": people(40), "a.yaml": "mine" }, async (folder) => {
    const output = `${folder}/a.yaml`;
    const init = () => initExperiment(`${folder}/a.csv`, { target: "came", output });
    await assertRejects(init, UserError, `Cannot write ${output}: it is there already`);
    assertEquals(await Deno.readTextFile(output), "mine");
  }));

Deno.test("initExperiment() names columns and classes so that they are read as they are", async () => {
  const table = '"a: b","#c",<<,"tr\nue"\n' + Array.from({ length: 40 }, (_, row) => {
    const word = ["yes", "null", "- x"][row % 3];
    return `${row % 7},${word},${row % 5},"${row % 2 ? "p: q" : "r\ns"}"\n`;
  }).join("");
  const text = await textFor("odd.csv", table, "tr\nue");
  const { dataset } = parse(text);
  assertEquals(dataset.target, "tr\nue");
  assertEquals(Object.keys(dataset.columns), ["a: b", "#c", "<<"]);
});

Deno.test("initExperiment() names an experiment after its file, without accents", () =>
  withFiles({ "a.csv": people(40) }, async (folder) => {
    const output = `${folder}/naïve Größen #2.yaml`;
    const { experiment } = await initExperiment(`${folder}/a.csv`, { target: "came", output });
    assertEquals(experiment.name, "naive-Gro-en-2");
  }));

Deno.test("initExperiment() leaves out rows with an empty target and a few of a rare class, and says so", async () => {
  const lines = people(40).replaceAll("Ulm,here,yes", "Ulm,here,").trimEnd();
  const empty = lines.split("\n").filter((line) => line.endsWith(",")).length;
  const text = await textFor("a.csv", `${lines}\n2000,30,Ulm,here,perhaps\n`, "came");
  assertEquals(parse(text).dataset.drop_rows, ["missing_target", "rare_class"]);
  assertStringIncludes(
    text,
    `# left out: ${empty} rows without a target and 1 row of a rare class`,
  );
});

Deno.test("initExperiment() leaves out no rows whose target may be a class, nor many", async () => {
  const named = people(40).replaceAll("Ulm,here,yes", "Ulm,here,none");
  const many = people(40).split("\n").map((line, row) => row % 7 === 1 ? `${line}${row}` : line)
    .join("\n");
  const numbered = "2,1,3\n" + people(40).split("\n").slice(1, -1)
    .map((line, row) => `${row / 8},${(row * 7) % 11},${line.split(",").at(-1)}\n`).join("");
  const messages = [
    [named, 'is "none" in', "came"],
    [many, 'Cannot use classes "no15" with 1 row', "came"],
    [numbered, 'Cannot use class "3" with 1 row', "-1"],
  ];
  for (const [table, message, target] of messages) {
    await withFiles({ "a.csv": table }, async (folder) => {
      const output = `${folder}/a.yaml`;
      const init = () => initExperiment(`${folder}/a.csv`, { target, output });
      await assertRejects(init, UserError, message);
    });
  }
});
