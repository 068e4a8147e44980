import { assertEquals } from "@std/assert";
import { findBaseline } from "../../src/experiment/cells/find_baseline.ts";
import { sweptValue } from "../../src/experiment/cells/swept_value.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { expand, type Lists } from "./_expand.ts";
import { rejects, START } from "./_rejects.ts";

const MIXED = `${START}fixed: { learning_rate: 0.5, max_steps: 9, hidden: [4] }
grid:
  - { trainer: notebook, dropout_rate: [0, 0.1] }
  - { dropout: [0, 0.2] }
  - { prune_period: [7], trainer: [mlp, notebook] }
seeds: [1]
baseline: { trainer: mlp, dropout: 0 }
`;

Deno.test("parseExperiment() takes a trainer per block of the grid", () => {
  const { cells, sweptKeys, baseline } = parseExperiment(MIXED, "e.yaml");
  assertEquals(
    cells.map(({ name, technique, trainer }) => [name, technique, trainer]),
    [
      ["trainer=notebook dropout_rate=0", "notebook × dropout_rate", "notebook"],
      ["trainer=notebook dropout_rate=0.1", "notebook × dropout_rate", "notebook"],
      ["trainer=mlp dropout=0", "mlp × dropout", "mlp"],
      ["trainer=mlp dropout=0.2", "mlp × dropout", "mlp"],
      ["trainer=mlp prune_period=7", "trainer × prune_period", "mlp"],
      ["trainer=notebook prune_period=7", "trainer × prune_period", "notebook"],
    ],
  );
  assertEquals(baseline, 2);
  assertEquals(sweptKeys, ["trainer", "dropout", "prune_period", "dropout_rate"]);
  const [first, , , last] = cells;
  assertEquals([first, last].map((cell) => sweptKeys.map((key) => sweptValue(cell, key))), [
    ["notebook", "", 2500, 0],
    ["mlp", 0.2, 100, ""],
  ]);
});

Deno.test("parseExperiment() gives each cell those of the fixed values that its trainer has", () => {
  const [notebook, , mlp] = parseExperiment(MIXED, "e.yaml").cells;
  assertEquals(
    [notebook.config.learning_rate, notebook.config.max_steps, notebook.config.hidden],
    [0.5, 9, undefined],
  );
  assertEquals(
    [mlp.config.learning_rate, mlp.config.max_steps, mlp.config.hidden],
    [0.5, undefined, [4]],
  );
});

Deno.test("expandGrid() says nothing of the trainer where there is but one", () => {
  const { cells } = expand([{ trainer: ["notebook"], lambda_l1: [1] }]);
  assertEquals(cells.map(({ name, technique }) => [name, technique]), [[
    "lambda_l1=1",
    "lambda_l1",
  ]]);
  assertEquals(cells.sweptKeys, ["lambda_l1"]);
});

Deno.test("expandGrid() tells cells of different trainers apart, and drops duplicates of one", () => {
  const blocks: Lists[] = [
    { trainer: ["mlp", "notebook"], learning_rate: [0.1] },
    { learning_rate: [0.1] },
  ];
  const { cells, duplicates } = expand(blocks, {}, "notebook");
  assertEquals(cells.map(({ trainer }) => trainer), ["mlp", "notebook"]);
  assertEquals(duplicates, 1);
});

Deno.test("findBaseline() takes cells alone whose trainer has the values", () => {
  const blocks = [{ trainer: ["notebook", "mlp"], init_scale: [0.1] }];
  const { cells } = expand(blocks);
  const found = (values: Parameters<typeof findBaseline>[1]) =>
    findBaseline(cells, values).map((index) => cells.at(index)?.trainer);
  assertEquals(found({ init_scale: 0.1 }), ["notebook", "mlp"]);
  assertEquals(found({ lambda_l1: 0 }), ["notebook"]);
  assertEquals(found({ trainer: "mlp" }), ["mlp"]);
  assertEquals(found({ trainer: "mlp", lambda_l1: 0 }), []);
});

Deno.test("parseExperiment() fixes a hyperparameter for the trainers that have it", () => {
  const experiment = parseExperiment(MIXED, "e.yaml", { set: ["dropout_rate=0.3"] });
  const { cells } = parseExperiment(textToKeep(experiment, "."), "e.yaml");
  assertEquals([...cells], [...experiment.cells]);
  assertEquals(cells.map(({ trainer, config }) => [trainer, config.dropout_rate ?? "none"]), [
    ["notebook", 0.3],
    ["mlp", "none"],
    ["mlp", "none"],
    ["mlp", "none"],
    ["notebook", 0.3],
  ]);
});

rejects(
  "hyperparameters of the other trainer",
  `${START}fixed: { dropout_rate: 0.5 }
grid: { dropout: [0, 0.1], lambda_l1: [1] }
baseline: { max_steps: 1 }
`,
  `e.yaml:3:10: Unknown hyperparameter "dropout_rate": only trainer notebook has it
  3 | fixed: { dropout_rate: 0.5 }
    |          ^^^^^^^^^^^^
e.yaml:4:28: Unknown hyperparameter "lambda_l1": only trainer notebook has it
  4 | grid: { dropout: [0, 0.1], lambda_l1: [1] }
    |                            ^^^^^^^^^
e.yaml:5:13: Unknown hyperparameter "max_steps": only trainer notebook has it
  5 | baseline: { max_steps: 1 }
    |             ^^^^^^^^^`,
);

rejects(
  "what the trainer of a block does not take",
  `${START}fixed: { learning_rate: 0 }
grid:
  - { trainer: notebook, dropout: [0, 0.5] }
  - { trainer: [mlp, notebook], max_steps: [5, 6] }
baseline: { trainer: mlp, lambda_l2: 0 }
`,
  `e.yaml:3:25: Cannot use learning_rate 0: learning_rate must be greater than 0
  3 | fixed: { learning_rate: 0 }
    |                         ^
e.yaml:5:26: Unknown hyperparameter "dropout": only trainer mlp has it
  5 |   - { trainer: notebook, dropout: [0, 0.5] }
    |                          ^^^^^^^
e.yaml:6:33: Unknown hyperparameter "max_steps": only trainer notebook has it
  6 |   - { trainer: [mlp, notebook], max_steps: [5, 6] }
    |                                 ^^^^^^^^^
e.yaml:7:27: Unknown hyperparameter "lambda_l2": only trainer notebook has it
  7 | baseline: { trainer: mlp, lambda_l2: 0 }
    |                           ^^^^^^^^^`,
);

rejects(
  "a trainer that there is not",
  `${START}grid: [{ trainer: cnn }, { trainer: [mlp, notbook] }]
`,
  `e.yaml:3:19: Cannot use trainer cnn: trainer must be mlp or notebook, or a list of them
  3 | grid: [{ trainer: cnn }, { trainer: [mlp, notbook] }]
    |                   ^^^
e.yaml:3:43: Cannot use trainer notbook: trainer must be mlp or notebook
  3 | grid: [{ trainer: cnn }, { trainer: [mlp, notbook] }]
    |                                           ^^^^^^^ did you mean "notebook"?`,
);

rejects(
  "what the notebook does its own way",
  `name: e
dataset: { path: d.csv, target: y, standardize: none }
trainer: notebook
seeds: [1, 4294967296]
`,
  `e.yaml:2:36: Cannot use standardize: trainer notebook does it its own way
  2 | dataset: { path: d.csv, target: y, standardize: none }
    |                                    ^^^^^^^^^^^
e.yaml:4:12: Cannot use seed 4294967296: a seed must be an integer in [0, 4294967295]
  4 | seeds: [1, 4294967296]
    |            ^^^^^^^^^^`,
);

rejects(
  "a trainer that there is not, and nothing as if it were another",
  `${START}trainer: notebok
fixed: { max_steps: 9, hidden: [4], droput: 0.1 }
grid: { dropout_rate: [0, 0.1] }
baseline: { trainer: notebok, dropout_rate: 0.5 }
seeds: [4294967296]
`,
  `e.yaml:3:10: Cannot use trainer notebok: trainer must be mlp or notebook
  3 | trainer: notebok
    |          ^^^^^^^ did you mean "notebook"?
e.yaml:4:37: Unknown hyperparameter "droput"
  4 | fixed: { max_steps: 9, hidden: [4], droput: 0.1 }
    |                                     ^^^^^^ did you mean "dropout"?
e.yaml:6:22: Cannot use trainer notebok: trainer must be mlp or notebook
  6 | baseline: { trainer: notebok, dropout_rate: 0.5 }
    |                      ^^^^^^^ did you mean "notebook"?`,
);
