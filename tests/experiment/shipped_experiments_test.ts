import { assert, assertEquals } from "@std/assert";
import { baselineCell } from "../../src/experiment/experiment.ts";
import { openFirst } from "./_open_first.ts";

const FOLDER = `${import.meta.dirname}/../../experiments/`;

/** Cells of each experiment, and duplicates that its blocks have on purpose. */
const SHIPPED: Record<string, [cells: number, duplicates: number]> = {
  "adam": [9, 1],
  "augmentation": [14, 0],
  "batch-norm": [10, 0],
  "breast-cancer": [14, 0],
  "cnn": [10, 0],
  "decision-tree": [14, 0],
  "diabetes": [11, 0],
  "dropout": [9, 0],
  "early-stopping": [6, 0],
  "elastic-net": [25, 0],
  "four-techniques": [17, 3],
  "group-lasso": [6, 0],
  "gzip-size": [4, 0],
  "gzip-time": [4, 0],
  "iris": [8, 0],
  "l1-vs-l2": [9, 0],
  "lasso": [13, 0],
  "logistic-regression": [10, 0],
  "lookahead": [9, 0],
  "max-norm": [6, 0],
  "model-families": [14, 0],
  "nearest-neighbours": [13, 0],
  "noise": [9, 1],
  "notebook-in-python": [2, 0],
  "notebook-vs-textbook": [8, 0],
  "notebook": [1, 0],
  "penguins": [6, 0],
  "proximal-l1": [9, 0],
  "pruning": [7, 0],
  "quick": [5, 0],
  "ridge": [7, 0],
  "schedule": [15, 0],
  "search": [13, 0],
  "seven-datasets": [3, 0],
  "shake-drop": [6, 0],
  "skip-connections": [6, 0],
  "sklearn-logistic": [6, 0],
  "snapshots": [6, 0],
  "thyroid": [12, 0],
  "titanic": [15, 0],
  "weight-averaging": [9, 0],
  "wine": [13, 0],
};

Deno.test("experiments/ holds the shipped experiments", async () => {
  const files = await Array.fromAsync(Deno.readDir(FOLDER), (entry) => entry.name);
  const experiments = files.filter((name) => name.endsWith(".yaml")).sort();
  assertEquals(experiments, Object.keys(SHIPPED).map((name) => `${name}.yaml`));
});

for (const [name, [cells, duplicates]] of Object.entries(SHIPPED)) {
  Deno.test(`experiments/${name}.yaml is right, explained and has a plain baseline`, async () => {
    const file = `${FOLDER}${name}.yaml`;
    const { experiment } = await openFirst(file);
    assertEquals(experiment.collection ?? experiment.name, name);
    assertEquals([experiment.cells.length, experiment.duplicates], [cells, duplicates]);
    assert(experiment.description.endsWith("?"), "it asks a question");
    const { trainer, config } = baselineCell(experiment);
    const rows = experiment.trainers.named(trainer).hyperparameters;
    for (const row of rows.filter(({ regularizer }) => regularizer)) {
      assertEquals(config[row.key], row.default, `${row.key} of the baseline`);
    }
    const [first, second, third] = Deno.readTextFileSync(file).split("\n");
    assertEquals(first, "# yaml-language-server: $schema=./experiment.schema.json");
    assert(second === "" && third.startsWith("# "), "a comment says what to expect");
  });
}
