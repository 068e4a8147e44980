import { rejects, START } from "../_rejects.ts";

rejects(
  "an empty file",
  ``,
  `e.yaml: An experiment must be a mapping with at least name and dataset`,
);

rejects(
  "only comments",
  `# name: e
`,
  `e.yaml: An experiment must be a mapping with at least name and dataset`,
);

rejects(
  "a list in place of a mapping",
  `- name: e
`,
  `e.yaml: An experiment must be a mapping with at least name and dataset`,
);

rejects(
  "an unclosed list",
  `${START}seeds: [1, 2
metric: train_loss
`,
  `e.yaml:4:1: Cannot read YAML: Flow sequence in block collection must be sufficiently indented and end with a ]
  4 | metric: train_loss
    | ^`,
);

rejects(
  "an unclosed quote",
  `name: "e
dataset: { path: d.csv, target: y }
`,
  `e.yaml:3:1: Cannot read YAML: Missing closing "quote
  3 | 
    | ^`,
);

rejects(
  "two values on a line",
  `${START}metric: train_loss: 3
`,
  `e.yaml:3:9: Cannot read YAML: Nested mappings are not allowed in compact mappings
  3 | metric: train_loss: 3
    |         ^`,
);

rejects(
  "a tab in the indentation",
  `${START}fixed:
\tsteps: 3
`,
  `e.yaml:4:1: Cannot read YAML: Tabs are not allowed as indentation
  4 | \tsteps: 3
    | ^`,
);

rejects(
  "several mistakes of syntax, each on its line",
  `${START}metric: @loss
trainer: \`mlp\`
`,
  `e.yaml:3:9: Cannot read YAML: Plain value cannot start with reserved character @
  3 | metric: @loss
    |         ^
e.yaml:4:10: Cannot read YAML: Plain value cannot start with reserved character \`
  4 | trainer: \`mlp\`
    |          ^`,
);

rejects(
  "two documents",
  `${START}---
name: e
dataset: { path: d.csv, target: y }
`,
  `e.yaml:3:1: Cannot read YAML: Only one document is allowed
  3 | ---
    | ^^^`,
);

rejects(
  "a list as a key",
  `${START}[a, b]: 3
`,
  `e.yaml:3:1: Cannot read YAML: Keys must be text
  3 | [a, b]: 3
    | ^`,
);

rejects(
  "an unknown tag",
  `name: !secret e
dataset: { path: d.csv, target: y }
`,
  `e.yaml:1:7: Cannot read YAML: Unresolved tag: !secret
  1 | name: !secret e
    |       ^^^^^^^`,
);

rejects(
  "duplicate keys, and what else is wrong",
  `${START}seeds: 3
fixed: { dropout: 0.5, dropout: 2 }
seeds: 0
`,
  `e.yaml:4:24: Duplicate key "dropout"
  4 | fixed: { dropout: 0.5, dropout: 2 }
    |                        ^^^^^^^ already on line 4
e.yaml:4:33: Cannot use dropout 2: dropout must be in [0, 1)
  4 | fixed: { dropout: 0.5, dropout: 2 }
    |                                 ^
e.yaml:5:1: Duplicate key "seeds"
  5 | seeds: 0
    | ^^^^^ already on line 3
e.yaml:5:8: Cannot use seeds 0: seeds must be an integer in [1, 1000000], or a list of seeds
  5 | seeds: 0
    |        ^`,
);

rejects(
  "aliases without anchors",
  `name: *e
dataset: { path: d.csv, target: *e }
description: &e an anchor after them
`,
  `e.yaml:1:7: Alias *e has no anchor before it
  1 | name: *e
    |       ^^
e.yaml:2:33: Alias *e has no anchor before it
  2 | dataset: { path: d.csv, target: *e }
    |                                 ^^`,
);

rejects(
  "an alias that contains itself",
  `${START}grid: &g [{ dropout: [0] }, *g]
`,
  `e.yaml:3:29: Alias *g contains itself
  3 | grid: &g [{ dropout: [0] }, *g]
    |                             ^^`,
);

rejects(
  "a merge of what is no mapping",
  `${START}fixed:
  <<: [steps]
`,
  `e.yaml:4:7: Cannot merge what is neither a mapping nor a list of mappings
  4 |   <<: [steps]
    |       ^^^^^^^`,
);

rejects(
  "a place in an anchor, not where it is used",
  `${START}description: &d [1]
fixed: { steps: *d }
`,
  `e.yaml:3:17: Cannot use description [1]: description must be text
  3 | description: &d [1]
    |                 ^^^
e.yaml:3:17: Cannot use steps [1]: steps must be an integer in [0, 100000000]
  3 | description: &d [1]
    |                 ^^^`,
);

rejects(
  "Windows line ends and a byte-order mark",
  `\ufeffname: e\r
dataset: { path: d.csv, target: y }\r
metric: los\r
`,
  `e.yaml:3:9: Cannot use metric los: metric must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2, or a measure of your own, such as {key: seconds, better: smaller}
  3 | metric: los
    |         ^^^`,
);

rejects(
  "a control character",
  `${START}metric: "\x1b[31mloss"
`,
  `e.yaml:3:9: Cannot use metric "\ufffd[31mloss": metric must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2, or a measure of your own, such as {key: seconds, better: smaller}
  3 | metric: "\ufffd[31mloss"
    |         ^^^^^^^^^^^`,
);

rejects(
  "tabs before the place",
  `${START}fixed: {\tdropout: 2 }
`,
  `e.yaml:3:19: Cannot use dropout 2: dropout must be in [0, 1)
  3 | fixed: {\tdropout: 2 }
    |         \t         ^`,
);

rejects(
  "a line too long to be shown",
  `${START}seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 3]
`,
  `e.yaml:3:239: Cannot use seeds 3: seeds must not repeat`,
);

rejects(
  "more lists and mappings than there is reason for",
  `${START}grid:\n${"  - {}\n".repeat(2000)}`,
  `e.yaml:2001:5: It has more than 2000 lists and mappings
  2001 |   - {}
       |     ^^`,
);
