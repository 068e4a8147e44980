import { assertEquals } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { rejects, START } from "./_rejects.ts";

rejects(
  "a misspelled word at the top",
  `nmae: e
dataset: { path: d.csv, target: y }
`,
  `e.yaml: Missing key "name"
e.yaml:1:1: Unknown key "nmae"
  1 | nmae: e
    | ^^^^ did you mean "name"?`,
);

rejects(
  "unknown keys at the top, known to JavaScript",
  `${START}__proto__: 3
constructor: { a: 1 }
toString: x
`,
  `e.yaml:3:1: Unknown key "__proto__"
  3 | __proto__: 3
    | ^^^^^^^^^
e.yaml:4:1: Unknown key "constructor"
  4 | constructor: { a: 1 }
    | ^^^^^^^^^^^
e.yaml:5:1: Unknown key "toString"
  5 | toString: x
    | ^^^^^^^^`,
);

rejects(
  "unknown keys in every section",
  `name: e
dataset:
  path: d.csv
  taget: y
  target: y
  split: { train: 0.6, validation: 0.2, tset: 0.2, test: 0.2 }
fixed: { drop_out: 0.5, steps: 3 }
grid:
  - l1penalty: [0]
  - l2_penalty: { log: [1.0e-5, 1], cuont: 3, count: 3 }
baseline: { momentun: 0 }
`,
  `e.yaml:4:3: Unknown key "taget"
  4 |   taget: y
    |   ^^^^^ did you mean "target"?
e.yaml:6:41: Unknown key "tset"
  6 |   split: { train: 0.6, validation: 0.2, tset: 0.2, test: 0.2 }
    |                                         ^^^^ did you mean "test"?
e.yaml:7:10: Unknown hyperparameter "drop_out"
  7 | fixed: { drop_out: 0.5, steps: 3 }
    |          ^^^^^^^^ did you mean "dropout"?
e.yaml:9:5: Unknown hyperparameter "l1penalty"
  9 |   - l1penalty: [0]
    |     ^^^^^^^^^ did you mean "l1_penalty"?
e.yaml:10:37: Unknown key "cuont"
  10 |   - l2_penalty: { log: [1.0e-5, 1], cuont: 3, count: 3 }
     |                                     ^^^^^ did you mean "count"?
e.yaml:11:13: Unknown hyperparameter "momentun"
  11 | baseline: { momentun: 0 }
     |             ^^^^^^^^ did you mean "momentum"?`,
);

rejects(
  "missing keys",
  `description: nothing else
dataset: { split: { train: 0.8 } }
`,
  `e.yaml: Missing key "name"
e.yaml:2:10: Missing key "path"
  2 | dataset: { split: { train: 0.8 } }
    |          ^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:2:10: Missing key "target"
  2 | dataset: { split: { train: 0.8 } }
    |          ^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:2:19: Cannot use split { train: 0.8 }: split must have all of its fractions: validation and test missing
  2 | dataset: { split: { train: 0.8 } }
    |                   ^^^^^^^^^^^^^^`,
);

rejects(
  "keys without values",
  `${START}description:
fixed:
  dropout:
grid:
seeds:
baseline:
`,
  `e.yaml:3:1: Cannot use description without a value: description must be text
  3 | description:
    | ^^^^^^^^^^^
e.yaml:5:3: Cannot use dropout without a value: dropout must be a number in [0, 1), or a list with one per hidden layer
  5 |   dropout:
    |   ^^^^^^^
e.yaml:6:1: Cannot use grid without a value: grid must be a mapping of hyperparameters to values, lists or ranges, or a list of such
  6 | grid:
    | ^^^^
e.yaml:7:1: Cannot use seeds without a value: seeds must be an integer in [1, 1000000], or a list of seeds
  7 | seeds:
    | ^^^^^
e.yaml:8:1: Cannot use baseline without a value: baseline must be a mapping of hyperparameters to values
  8 | baseline:
    | ^^^^^^^^`,
);

rejects(
  "sections of the wrong type",
  `${START}fixed: [dropout]
grid: 3
seeds: many
baseline: 0
`,
  `e.yaml:3:8: Cannot use fixed [dropout]: fixed must be a mapping of hyperparameters to values
  3 | fixed: [dropout]
    |        ^^^^^^^^^
e.yaml:4:7: Cannot use grid 3: grid must be a mapping of hyperparameters to values, lists or ranges, or a list of such
  4 | grid: 3
    |       ^
e.yaml:5:8: Cannot use seeds many: seeds must be an integer in [1, 1000000], or a list of seeds
  5 | seeds: many
    |        ^^^^
e.yaml:6:11: Cannot use baseline 0: baseline must be a mapping of hyperparameters to values
  6 | baseline: 0
    |           ^`,
);

rejects(
  "names that are no folder's name",
  `name: ../../etc
dataset: { path: d.csv, target: y }
`,
  `e.yaml:1:7: Cannot use name ../../etc: name must be 1 to 100 letters, digits, dots, underscores and hyphens, not begin with a dot or hyphen, and not end with a dot
  1 | name: ../../etc
    |       ^^^^^^^^^`,
);

rejects(
  "a name that hides the folder",
  `name: .e
dataset: { path: d.csv, target: y }
`,
  `e.yaml:1:7: Cannot use name .e: name must be 1 to 100 letters, digits, dots, underscores and hyphens, not begin with a dot or hyphen, and not end with a dot
  1 | name: .e
    |       ^^`,
);

rejects(
  "a name that is too long",
  `name: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
dataset: { path: d.csv, target: y }
`,
  `e.yaml:1:7: Cannot use name eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee…: name must be 1 to 100 letters, digits, dots, underscores and hyphens, not begin with a dot or hyphen, and not end with a dot
  1 | name: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
    |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

const NAMES: Readonly<Record<string, string>> = {
  con: "a device of Windows, such as con, nul or com1",
  "NUL.txt": "a device of Windows, such as con, nul or com1",
  COM1: "a device of Windows, such as con, nul or com1",
  "lpt9.v2": "a device of Windows, such as con, nul or com1",
  "index.html": "index.html, which is the index of all reports",
  Sample: "sample, which is the committed sample of a report",
};

for (const [name, what] of Object.entries(NAMES)) {
  rejects(
    `the name ${name}`,
    `name: ${name}\ndataset: { path: d.csv, target: y }\n`,
    `e.yaml:1:7: Cannot use name ${name}: name must not be ${what}
  1 | name: ${name}
    |       ${"^".repeat(name.length)}`,
  );
}

for (const name of ["a.", "-rf", '"a "', "a..", '"-"', "."]) {
  rejects(
    `the name ${name}`,
    `name: ${name}\ndataset: { path: d.csv, target: y }\n`,
    `e.yaml:1:7: Cannot use name ${name}: name must be 1 to 100 letters, digits, dots, underscores and hyphens, not begin with a dot or hyphen, and not end with a dot
  1 | name: ${name}
    |       ${"^".repeat(name.length)}`,
  );
}

Deno.test("parseExperiment() takes names that are like reserved ones", () => {
  for (const name of ["console", "com10", "a.con", "stores", "con-1", "_", "a-", "a.b", "x"]) {
    const text = `name: ${name}\ndataset: { path: d.csv, target: y }\n`;
    assertEquals(parseExperiment(text, "e.yaml").name, name);
  }
});

rejects(
  "the name of the store",
  `name: Store
dataset: { path: d.csv, target: y }
`,
  `e.yaml:1:7: Cannot use name Store: name must not be store, which is the folder of finished runs
  1 | name: Store
    |       ^^^^^`,
);

rejects(
  "wrong words in the dataset",
  `name: e
dataset:
  path: ""
  target: [y]
  standardize: features
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: yes }
`,
  `e.yaml:3:9: Cannot use path "": path must not be empty
  3 |   path: ""
    |         ^^
e.yaml:4:11: Cannot use target [y]: target must be the name of a column, or its number: 1 is the first, -1 the last
  4 |   target: [y]
    |           ^^^
e.yaml:5:16: Cannot use standardize features: standardize must be global, feature, robust or none
  5 |   standardize: features
    |                ^^^^^^^^ did you mean "feature"?
e.yaml:6:61: Cannot use resplit yes: resplit must be true or false
  6 |   split: { train: 0.6, validation: 0.2, test: 0.2, resplit: yes }
    |                                                             ^^^ write true`,
);

rejects(
  "a split that does not add up",
  `name: e
dataset:
  path: d.csv
  target: y
  split:
    train: 0.7
    validation: 0.2
    test: 0.2
`,
  `e.yaml:5:3: Cannot use split: its fractions must add up to 1, not 1.1
  5 |   split:
    |   ^^^^^`,
);

rejects(
  "a split without all of its parts",
  `name: e
dataset: { path: d.csv, target: y, split: { train: 0.8, validation: 0.2 } }
`,
  `e.yaml:2:43: Cannot use split { train: 0.8, validation: 0.2 }: split must have all of its fractions: test missing
  2 | dataset: { path: d.csv, target: y, split: { train: 0.8, validation: 0.2 } }
    |                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "a split with nothing to learn from",
  `name: e
dataset: { path: d.csv, target: y, split: { train: 0, validation: 0, test: 1 } }
`,
  `e.yaml:2:52: Cannot use train 0: train must be in (0, 1)
  2 | dataset: { path: d.csv, target: y, split: { train: 0, validation: 0, test: 1 } }
    |                                                    ^
e.yaml:2:67: Cannot use validation 0: validation must be in (0, 1)
  2 | dataset: { path: d.csv, target: y, split: { train: 0, validation: 0, test: 1 } }
    |                                                                   ^
e.yaml:2:76: Cannot use test 1: test must be in [0, 1)
  2 | dataset: { path: d.csv, target: y, split: { train: 0, validation: 0, test: 1 } }
    |                                                                            ^`,
);

rejects(
  "no seeds",
  `${START}seeds: 0
`,
  `e.yaml:3:8: Cannot use seeds 0: seeds must be an integer in [1, 1000000], or a list of seeds
  3 | seeds: 0
    |        ^`,
);

rejects(
  "an empty list of seeds",
  `${START}seeds: []
`,
  `e.yaml:3:8: Cannot use seeds []: seeds must have at least one seed
  3 | seeds: []
    |        ^^`,
);

rejects(
  "impossible seeds",
  `${START}seeds: [1, -3, 0.5, 9007199254740993, x]
`,
  `e.yaml:3:12: Cannot use seeds -3: a seed must be an integer in [0, 9007199254740991]
  3 | seeds: [1, -3, 0.5, 9007199254740993, x]
    |            ^^
e.yaml:3:16: Cannot use seeds 0.5: a seed must be an integer in [0, 9007199254740991]
  3 | seeds: [1, -3, 0.5, 9007199254740993, x]
    |                ^^^
e.yaml:3:21: Cannot use seeds 9007199254740993: a seed must be an integer in [0, 9007199254740991]
  3 | seeds: [1, -3, 0.5, 9007199254740993, x]
    |                     ^^^^^^^^^^^^^^^^
e.yaml:3:39: Cannot use seeds x: a seed must be an integer in [0, 9007199254740991]
  3 | seeds: [1, -3, 0.5, 9007199254740993, x]
    |                                       ^`,
);

rejects(
  "repeated seeds",
  `${START}seeds: [1, 2, 1, 2, 1]
`,
  `e.yaml:3:15: Cannot use seeds 1: seeds must not repeat
  3 | seeds: [1, 2, 1, 2, 1]
    |               ^
e.yaml:3:18: Cannot use seeds 2: seeds must not repeat
  3 | seeds: [1, 2, 1, 2, 1]
    |                  ^
e.yaml:3:21: Cannot use seeds 1: seeds must not repeat
  3 | seeds: [1, 2, 1, 2, 1]
    |                     ^`,
);

rejects(
  "more seeds than there may be",
  `${START}seeds: 1e9
`,
  `e.yaml:3:8: Cannot use seeds 1e9: seeds must be an integer in [1, 1000000], or a list of seeds
  3 | seeds: 1e9
    |        ^^^`,
);

rejects(
  "values of columns and classes that are named like members of objects",
  `name: e
dataset: { path: d.csv, target: y, columns: { __proto__: skip, constructor: skip } }
fixed: { class_weight: { __proto__: -1 } }
grid: { l2_penalty: [0, 0.1] }
`,
  `e.yaml:2:58: Cannot use __proto__ skip: a column must be number, boolean, category, date or drop
  2 | dataset: { path: d.csv, target: y, columns: { __proto__: skip, constructor: skip } }
    |                                                          ^^^^
e.yaml:2:77: Cannot use constructor skip: a column must be number, boolean, category, date or drop
  2 | dataset: { path: d.csv, target: y, columns: { __proto__: skip, constructor: skip } }
    |                                                                             ^^^^
e.yaml:3:37: Cannot use __proto__ -1: class_weight must be in (0, 1000000]
  3 | fixed: { class_weight: { __proto__: -1 } }
    |                                     ^^`,
);
