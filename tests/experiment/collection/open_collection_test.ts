import { assert, assertEquals, assertRejects } from "@std/assert";
import { openCollection } from "../../../src/experiment/collection/open_collection.ts";
import { openExperiment } from "../../../src/experiment/open_experiment.ts";
import type { ExperimentChanges } from "../../../src/experiment/overrides.ts";
import { planRuns } from "../../../src/sweep/plan_runs.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";
import { withFiles } from "../_with_files.ts";

/** Rows of two classes; the second table's have another order of columns. */
const ROWS = Array.from({ length: 40 }, (_, row) => [row % 7, (row * 5) % 11, `c${row % 2}`]);
const FILES = {
  "a.csv": ["x,y,z", ...ROWS.map((row) => row.join())].join("\n") + "\n",
  "b.csv": ["z,x,y", ...ROWS.map(([x, y, z]) => [z, y, x].join())].join("\n") + "\n",
};
const REST = `fixed: { steps: 20, hidden: [4] }
grid: { l2_penalty: [0, 0.01] }
seeds: 2
`;
const DATASETS = `datasets:
  - { name: first, path: a.csv, target: z }
  - name: second
    path: b.csv
    target: z
    standardize: none
`;

async function problemsOf(text: string, changes: ExperimentChanges = {}): Promise<string> {
  let problems = "";
  await withFiles({ ...FILES, "e.yaml": text }, async (folder) => {
    const open = () => openCollection(`${folder}/e.yaml`, changes);
    const error = await assertRejects(open, UserError);
    problems = formatProblems(error.problems).replaceAll(folder, "FOLDER");
  });
  return problems;
}

Deno.test("openCollection() reads each dataset as the experiment on it alone: its runs have the same keys", () =>
  withFiles({
    ...FILES,
    "e.yaml": `name: both\n${DATASETS}${REST}`,
    "alone.yaml": `name: alone\ndataset: { path: b.csv, target: z, standardize: none }\n${REST}`,
  }, async (folder) => {
    const collection = await openCollection(`${folder}/e.yaml`);
    assertEquals(collection?.name, "both");
    const names = collection?.tables.map(({ experiment }) => experiment);
    assertEquals(names?.map(({ name }) => name), ["first", "second"]);
    assertEquals(names?.map(({ collection }) => collection), ["both", "both"]);
    const alone = await openExperiment(`${folder}/alone.yaml`);
    const keys = ({ experiment, dataset }: typeof alone) =>
      planRuns(experiment, dataset).runs.map(({ key }) => key);
    const second = collection?.tables[1];
    assert(second);
    assertEquals(keys(second), keys(alone));
  }));

Deno.test("openCollection() gives nothing of an experiment on one dataset", () =>
  withFiles(
    { ...FILES, "e.yaml": `name: e\ndataset: { path: a.csv, target: z }\n` },
    async (folder) => {
      assertEquals(await openCollection(`${folder}/e.yaml`), undefined);
    },
  ));

Deno.test("openCollection() applies changes on all datasets, and a name to all of them", () =>
  withFiles({ ...FILES, "e.yaml": `name: both\n${DATASETS}${REST}` }, async (folder) => {
    const changes = { set: ["dropout=0.2"], seeds: "3", name: "other" };
    const collection = await openCollection(`${folder}/e.yaml`, changes);
    assertEquals(collection?.name, "other");
    for (const { experiment } of collection?.tables ?? []) {
      assertEquals([experiment.fixed.dropout, experiment.seeds.length], [0.2, 3]);
    }
  }));

Deno.test("openExperiment() reads one of several datasets, and asks which", () =>
  withFiles({ ...FILES, "e.yaml": `name: both\n${DATASETS}${REST}` }, async (folder) => {
    const { experiment } = await openExperiment(`${folder}/e.yaml`, { table: "second" });
    assertEquals([experiment.name, experiment.collection], ["second", "both"]);
    const error = await assertRejects(() => openExperiment(`${folder}/e.yaml`), UserError);
    assertEquals(
      formatProblems(error.problems).replaceAll(folder, "FOLDER"),
      `FOLDER/e.yaml:2:1: Cannot read it as an experiment on one dataset: it has several
  2 | datasets:
    | ^^^^^^^^ --table chooses first or second`,
    );
    const unknown = () => openExperiment(`${folder}/e.yaml`, { table: "secnd" });
    const wrong = await assertRejects(unknown, UserError);
    assertEquals(wrong.problems[0].hint, 'did you mean "second"?');
  }));

Deno.test("openExperiment() extends a file with one dataset by several, and the other way round", () =>
  withFiles({
    ...FILES,
    "one.yaml": `name: one\ndataset: { path: a.csv, target: z }\n${REST}`,
    "several.yaml": `extends: one.yaml\nname: several\n${DATASETS}`,
    "again.yaml": `extends: several.yaml\nname: again\ndataset: { path: b.csv, target: z }\n`,
  }, async (folder) => {
    const collection = await openCollection(`${folder}/several.yaml`);
    assertEquals(collection?.tables.length, 2);
    assertEquals((await openExperiment(`${folder}/again.yaml`)).dataset?.rows, 40);
  }));

Deno.test("openCollection() tells of each problem once, at its place", async () => {
  const text = `name: both
datasets:
  - { name: first, path: c.csv, target: z }
  - { name: second, path: b.csv, target: z, standardise: none }
grid: { l2_penaltie: [0, 0.01] }
`;
  assertEquals(
    await problemsOf(text),
    `FOLDER/e.yaml:3:26: Cannot find dataset FOLDER/c.csv
  3 |   - { name: first, path: c.csv, target: z }
    |                          ^^^^^ paths are relative to this file
FOLDER/e.yaml:5:9: Unknown hyperparameter "l2_penaltie"
  5 | grid: { l2_penaltie: [0, 0.01] }
    |         ^^^^^^^^^^^ did you mean "l2_penalty"?
FOLDER/e.yaml:4:45: Unknown key "standardise"
  4 |   - { name: second, path: b.csv, target: z, standardise: none }
    |                                             ^^^^^^^^^^^ did you mean "standardize"?`,
  );
});

for (
  const [what, text, problem] of [
    ["a list of one", "datasets: [{ name: a, path: a.csv, target: z }]", "two or more"],
    ["a mapping", "datasets: { name: a, path: a.csv, target: z }", "must be a list"],
    ["an item without a name", "datasets: [{ path: a.csv }, { path: b.csv }]", "name"],
    ["a name of a file", "datasets: [{ name: a.csv }, { name: b }]", "must not end like a file"],
    ["names that differ in case", "datasets: [{ name: a }, { name: A }]", "upper or lower case"],
    ["dataset beside it", `dataset: { path: a.csv, target: z }\n${DATASETS}`, "Cannot use both"],
    [
      "until",
      `${DATASETS}grid: { l2_penalty: [0, 1] }\nseeds: { from: 3, to: 9, until: decided }`,
      "until",
    ],
  ] as const
) {
  Deno.test(`openCollection() rejects ${what}`, async () => {
    const told = await problemsOf(`name: both\n${text}\n`);
    assert(told.includes(problem), told);
  });
}

Deno.test("openCollection() rejects a file for any of the datasets, and datasets of two tasks", async () => {
  const text = `name: both\n${DATASETS}${REST}`;
  assert((await problemsOf(text, { dataset: "a.csv" })).includes("--table chooses one of them"));
  const tasks = text.replace("target: z }", "target: x, task: regression }");
  const told = await problemsOf(tasks);
  assert(told.includes("Cannot compare cells over datasets"), told);
});
