import { rejects, START } from "../_rejects.ts";

rejects(
  "a hyperparameter both fixed and swept",
  `${START}fixed: { steps: 10, dropout: 0.5 }
grid:
  - dropout: [0, 0.5]
  - l1_penalty: [0]
    steps: 3
`,
  `e.yaml:5:5: Cannot sweep dropout: it is fixed
  5 |   - dropout: [0, 0.5]
    |     ^^^^^^^ on line 3
e.yaml:7:5: Cannot sweep steps: it is fixed
  7 |     steps: 3
    |     ^^^^^ on line 3`,
);

rejects(
  "an empty grid",
  `${START}grid: {}
`,
  `e.yaml:3:7: Cannot use grid {}: grid must sweep at least one hyperparameter
  3 | grid: {}
    |       ^^`,
);

rejects(
  "a grid of no blocks",
  `${START}grid: []
`,
  `e.yaml:3:7: Cannot use grid []: grid must sweep at least one hyperparameter
  3 | grid: []
    |       ^^`,
);

rejects(
  "a grid of empty blocks",
  `${START}grid:
  - {}
  - {}
`,
  `e.yaml:3:1: Cannot use grid: grid must sweep at least one hyperparameter
  3 | grid:
    | ^^^^`,
);

rejects(
  "an empty list of values",
  `${START}grid: { dropout: [], l1_penalty: [0] }
`,
  `e.yaml:3:18: Cannot use dropout []: dropout must be swept over at least one value
  3 | grid: { dropout: [], l1_penalty: [0] }
    |                  ^^`,
);

rejects(
  "wrong single values in the grid",
  `${START}grid:
  - dropout: 1
  - activation: rleu
  - hidden: 64
  - hidden: [64]
`,
  `e.yaml:4:14: Cannot use dropout 1: dropout must be in [0, 1)
  4 |   - dropout: 1
    |              ^
e.yaml:5:17: Cannot use activation rleu: activation in the grid must be relu, tanh or identity, or a list of values
  5 |   - activation: rleu
    |                 ^^^^ did you mean "relu"?
e.yaml:6:13: Cannot use hidden 64: hidden in the grid must be a list of values
  6 |   - hidden: 64
    |             ^^
e.yaml:7:14: Cannot use hidden 64: hidden must be a list of values, each an integer in [1, 65536]
  7 |   - hidden: [64]
    |              ^^ write [64]`,
);

rejects(
  "a single value beside a longer list in zip",
  `${START}grid: { zip: { dropout: 0.5, l2_penalty: [0, 1] } }
`,
  `e.yaml:3:42: Cannot use l2_penalty [0, 1]: zip must have equally many values of each key, but has 2 of l2_penalty and 1 of dropout
  3 | grid: { zip: { dropout: 0.5, l2_penalty: [0, 1] } }
    |                                          ^^^^^^`,
);

rejects(
  "a block of the grid that is no mapping",
  `${START}grid: [dropout, { steps: [1] }]
`,
  `e.yaml:3:8: Cannot use grid dropout: a block of the grid must be a mapping of hyperparameters to values, lists or ranges
  3 | grid: [dropout, { steps: [1] }]
    |        ^^^^^^^`,
);

rejects(
  "ranges that are none",
  `${START}grid:
  - l1_penalty: { log: [0, 1], count: 5 }
  - l1_penalty: { log: [1, 1], count: 5 }
  - l1_penalty: { linear: [1], count: 5 }
  - l1_penalty: { linear: [0, 1] }
  - l1_penalty: { count: 5 }
  - l1_penalty: { log: [1, 2], linear: [1, 2], count: 5 }
  - l1_penalty: { linear: [0, 1], count: 1 }
  - l1_penalty: { linear: [0, a], count: 2.5 }
`,
  `e.yaml:4:24: Cannot use log [0, 1]: log must have ends greater than 0
  4 |   - l1_penalty: { log: [0, 1], count: 5 }
    |                        ^^^^^^
e.yaml:5:24: Cannot use log [1, 1]: log must have two different ends
  5 |   - l1_penalty: { log: [1, 1], count: 5 }
    |                        ^^^^^^
e.yaml:6:27: Cannot use linear [1]: linear must be a list of two numbers, its ends
  6 |   - l1_penalty: { linear: [1], count: 5 }
    |                           ^^^
e.yaml:7:17: Missing key "count"
  7 |   - l1_penalty: { linear: [0, 1] }
    |                 ^^^^^^^^^^^^^^^^^^
e.yaml:8:17: Cannot use l1_penalty { count: 5 }: a range must have either log or linear
  8 |   - l1_penalty: { count: 5 }
    |                 ^^^^^^^^^^^^
e.yaml:9:17: Cannot use l1_penalty { log: [1, 2], linear: [1, 2], count: 5 }: a range must have either log or linear
  9 |   - l1_penalty: { log: [1, 2], linear: [1, 2], count: 5 }
    |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:10:42: Cannot use count 1: count must be an integer in [2, 1000000]
  10 |   - l1_penalty: { linear: [0, 1], count: 1 }
     |                                          ^
e.yaml:11:31: Cannot use linear a: l1_penalty must be a number of at least 0
  11 |   - l1_penalty: { linear: [0, a], count: 2.5 }
     |                               ^
e.yaml:11:42: Cannot use count 2.5: count must be an integer in [2, 1000000]
  11 |   - l1_penalty: { linear: [0, a], count: 2.5 }
     |                                          ^^^`,
);

rejects(
  "ranges of what has none",
  `${START}grid:
  - activation: { linear: [0, 1], count: 2 }
  - hidden: { linear: [8, 64], count: 3 }
`,
  `e.yaml:4:17: Cannot use activation { linear: [0, 1], count: 2 }: activation in the grid must be relu, tanh or identity, or a list of values
  4 |   - activation: { linear: [0, 1], count: 2 }
    |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:5:13: Cannot use hidden { linear: [8, 64], count: 3 }: hidden in the grid must be a list of values
  5 |   - hidden: { linear: [8, 64], count: 3 }
    |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "a count that no memory holds",
  `${START}grid: { l1_penalty: { log: [1.0e-5, 1], count: 1e9 } }
`,
  `e.yaml:3:48: Cannot use count 1e9: count must be an integer in [2, 1000000]
  3 | grid: { l1_penalty: { log: [1.0e-5, 1], count: 1e9 } }
    |                                                ^^^`,
);

rejects(
  "a product that no memory holds",
  `${START}grid:
  l1_penalty: { log: [1.0e-5, 1], count: 1000 }
  l2_penalty: { log: [1.0e-5, 1], count: 1001 }
`,
  `e.yaml:3:1: Cannot use a grid of 1001000 combinations: the maximum is 1000000
  3 | grid:
    | ^^^^`,
);

rejects(
  "a union that no memory holds",
  `${START}grid:
  - l1_penalty: { log: [1.0e-5, 1], count: 1000000 }
  - l2_penalty: [0]
`,
  `e.yaml:3:1: Cannot use a grid of 1000001 combinations: the maximum is 1000000
  3 | grid:
    | ^^^^`,
);

rejects(
  "more runs than there may be",
  `${START}grid: { l1_penalty: { log: [1.0e-5, 1], count: 1001 } }
seeds: 1000
`,
  `e.yaml:4:1: Cannot use 1001000 runs: the maximum is 1000000
  4 | seeds: 1000
    | ^^^^^`,
);

rejects(
  "a baseline with a value that no cell has",
  `${START}grid: { l1_penalty: [0, 0.1] }
baseline: { l1_penalty: 0.2 }
`,
  `e.yaml:4:11: Cannot use baseline { l1_penalty: 0.2 }: no cell has these values
  4 | baseline: { l1_penalty: 0.2 }
    |           ^^^^^^^^^^^^^^^^^^^ l1_penalty is 0 or 0.1`,
);

rejects(
  "a baseline with values that no cell has together",
  `${START}grid: [{ l1_penalty: [0, 0.1] }, { l2_penalty: [0.1] }]
baseline:
  l1_penalty: 0.1
  l2_penalty: 0.1
`,
  `e.yaml:4:1: Cannot use baseline: no cell has these values
  4 | baseline:
    | ^^^^^^^^`,
);

rejects(
  "a baseline that means several cells",
  `${START}grid: { l1_penalty: [0, 0.1], learning_rate: [0.2, 0.3] }
baseline: { l1_penalty: 0 }
`,
  `e.yaml:4:11: Cannot use baseline { l1_penalty: 0 }: 2 cells have these values
  4 | baseline: { l1_penalty: 0 }
    |           ^^^^^^^^^^^^^^^^^ it must also specify learning_rate`,
);

const WITHOUT_BASELINE = `${START}grid: { l2_penalty: [0, 0.01], init: [he, glorot] }
baseline: { l2_penalty: 0, init: he }
`;

rejects(
  "an only that leaves out the baseline",
  `${WITHOUT_BASELINE}only: l2_penalty>0
`,
  `e.yaml:4:11: Cannot use baseline { l2_penalty: 0, init: he }: only leaves it out
  4 | baseline: { l2_penalty: 0, init: he }
    |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ "l2_penalty=0 init=he" in only keeps it`,
);

rejects(
  "an --only that leaves out the baseline",
  WITHOUT_BASELINE,
  `e.yaml with --only l2_penalty>0:4:11: Cannot use baseline { l2_penalty: 0, init: he }: --only leaves it out
  4 | baseline: { l2_penalty: 0, init: he }
    |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ --only 'l2_penalty=0 init=he' beside it keeps the baseline`,
  { only: ["l2_penalty>0"] },
);

rejects(
  "a baseline beside an unknown key",
  `${START}grid: { l1_penalty: [0, 0.1] }
baseline: { l1_penalty: 0.2 }
metrics: 3
`,
  `e.yaml:4:11: Cannot use baseline { l1_penalty: 0.2 }: no cell has these values
  4 | baseline: { l1_penalty: 0.2 }
    |           ^^^^^^^^^^^^^^^^^^^ l1_penalty is 0 or 0.1
e.yaml:5:1: Unknown key "metrics"
  5 | metrics: 3
    | ^^^^^^^ did you mean "metric"?`,
);
