import { rejects, START } from "../_rejects.ts";

rejects(
  "a zip of lists that are not as long as each other",
  `${START}grid:
  zip:
    steps: [1, 2]
    momentum: [0]
    dropout: { linear: [0, 0.5], count: 3 }
`,
  `e.yaml:6:15: Cannot use momentum [0]: zip must have equally many values of each key, but has 1 of momentum and 2 of steps
  6 |     momentum: [0]
    |               ^^^
e.yaml:7:14: Cannot use dropout { linear: [0, 0.5], count: 3 }: zip must have equally many values of each key, but has 3 of dropout and 2 of steps
  7 |     dropout: { linear: [0, 0.5], count: 3 }
    |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "zips of nothing, and of what is to be drawn",
  `${START}grid: [{ zip: {} }, { zip: [] }, { zip: [steps] }, { zip: { steps: { uniform: [0, 1] } } }]`,
  `e.yaml:3:15: Cannot use zip {}: zip must have at least one hyperparameter
  3 | grid: [{ zip: {} }, { zip: [] }, { zip: [steps] }, { zip: { steps: { uniform: [0, 1] } } }]
    |               ^^
e.yaml:3:28: Cannot use zip []: zip must have at least one hyperparameter
  3 | grid: [{ zip: {} }, { zip: [] }, { zip: [steps] }, { zip: { steps: { uniform: [0, 1] } } }]
    |                            ^^
e.yaml:3:42: Cannot use zip steps: zip must be a mapping of hyperparameters to lists or ranges of the same length
  3 | grid: [{ zip: {} }, { zip: [] }, { zip: [steps] }, { zip: { steps: { uniform: [0, 1] } } }]
    |                                          ^^^^^
e.yaml:3:70: Unknown key "uniform"
  3 | grid: [{ zip: {} }, { zip: [] }, { zip: [steps] }, { zip: { steps: { uniform: [0, 1] } } }]
    |                                                                      ^^^^^^^`,
);

rejects(
  "a key that a block sweeps twice, or that is fixed",
  `${START}fixed: { momentum: 0.5 }
grid:
  zip: { steps: [1, 2], momentum: [0, 0.5] }
  steps: [3]
  conditional: { when: steps=3, steps: [1] }
`,
  `e.yaml:5:25: Cannot sweep momentum: it is fixed
  5 |   zip: { steps: [1, 2], momentum: [0, 0.5] }
    |                         ^^^^^^^^ on line 3
e.yaml:6:3: Cannot sweep steps twice
  6 |   steps: [3]
    |   ^^^^^ already on line 5
e.yaml:7:33: Cannot sweep steps twice
  7 |   conditional: { when: steps=3, steps: [1] }
    |                                 ^^^^^ already on line 5`,
);

rejects(
  "a key that combinations have from two conditional blocks",
  `${START}grid:
  dropout: [0, 0.5]
  conditional:
    - { when: dropout=0.5, steps: [1, 2] }
    - { when: dropout>0, steps: [7] }
`,
  `e.yaml:7:26: Cannot sweep steps twice: another block sweeps it in the same combinations
  7 |     - { when: dropout>0, steps: [7] }
    |                          ^^^^^`,
);

rejects(
  "conditional blocks without a condition, or with nothing else",
  `${START}grid:
  dropout: [0, 0.5]
  conditional: [{ steps: [1] }, { when: dropout=0 }, { when: "", steps: [2] }, { when: 3, steps: [2] }]
`,
  `e.yaml:5:17: Missing key "when"
  5 |   conditional: [{ steps: [1] }, { when: dropout=0 }, { when: "", steps: [2] }, { when: 3, steps: [2] }]
    |                 ^^^^^^^^^^^^^^
e.yaml:5:33: Cannot use conditional { when: dropout=0 }: a conditional block must sweep at least one hyperparameter
  5 |   conditional: [{ steps: [1] }, { when: dropout=0 }, { when: "", steps: [2] }, { when: 3, steps: [2] }]
    |                                 ^^^^^^^^^^^^^^^^^^^
e.yaml:5:62: Cannot use when "": when must be a pattern
  5 |   conditional: [{ steps: [1] }, { when: dropout=0 }, { when: "", steps: [2] }, { when: 3, steps: [2] }]
    |                                                              ^^
e.yaml:5:88: Cannot use when 3: when must be a pattern
  5 |   conditional: [{ steps: [1] }, { when: dropout=0 }, { when: "", steps: [2] }, { when: 3, steps: [2] }]
    |                                                                                        ^`,
);

rejects(
  "conditions that no combination fulfils",
  `${START}grid:
  dropout: [0, 0.5]
  conditional:
    - { when: { dropout: 0.3 }, steps: [1, 2] }
    - { when: optimizer=adam, beta1: [0.8] }
`,
  `e.yaml:6:15: Cannot use when { dropout: 0.3 }: it matches no combination
  6 |     - { when: { dropout: 0.3 }, steps: [1, 2] }
    |               ^^^^^^^^^^^^^^^^ dropout is 0 or 0.5
e.yaml:7:15: Cannot use when optimizer=adam: it matches no combination
  7 |     - { when: optimizer=adam, beta1: [0.8] }
    |               ^^^^^^^^^^^^^^ optimizer is sgd`,
);

rejects(
  "what is to be drawn without a sample, and a sample with nothing to draw",
  `${START}grid:
  - dropout: { uniform: [0, 0.5] }
  - sample: { count: 3 }
    dropout: [0, 0.5]
`,
  `e.yaml:4:14: Cannot use dropout { uniform: [0, 0.5] }: its block has no sample that says how to draw
  4 |   - dropout: { uniform: [0, 0.5] }
    |              ^^^^^^^^^^^^^^^^^^^^^ such as sample: { count: 20 }
e.yaml:5:13: Cannot use sample { count: 3 }: nothing in its block is drawn
  5 |   - sample: { count: 3 }
    |             ^^^^^^^^^^^^ such as dropout: { uniform: [0, 0.5] }`,
);

rejects(
  "samples that are none",
  `${START}grid:
  - { sample: 3, dropout: { uniform: [0, 0.5] } }
  - { sample: { count: 1.0e+9, method: sobl, seed: -1, sed: 1 }, dropout: { uniform: [0, 0.5] } }
  - { sample: {}, dropout: { uniform: [0, 0.5] } }
`,
  `e.yaml:4:15: Cannot use sample 3: sample must be a mapping with a count
  4 |   - { sample: 3, dropout: { uniform: [0, 0.5] } }
    |               ^
e.yaml:5:24: Cannot use count 1.0e+9: count must be an integer in [1, 1000000]
  5 |   - { sample: { count: 1.0e+9, method: sobl, seed: -1, sed: 1 }, dropout: { uniform: [0, 0.5] } }
    |                        ^^^^^^
e.yaml:5:40: Cannot use method sobl: method must be random, sobol or tpe
  5 |   - { sample: { count: 1.0e+9, method: sobl, seed: -1, sed: 1 }, dropout: { uniform: [0, 0.5] } }
    |                                        ^^^^ did you mean "sobol"?
e.yaml:5:52: Cannot use seed -1: seed must be an integer in [0, 9007199254740991]
  5 |   - { sample: { count: 1.0e+9, method: sobl, seed: -1, sed: 1 }, dropout: { uniform: [0, 0.5] } }
    |                                                    ^^
e.yaml:5:56: Unknown key "sed"
  5 |   - { sample: { count: 1.0e+9, method: sobl, seed: -1, sed: 1 }, dropout: { uniform: [0, 0.5] } }
    |                                                        ^^^ did you mean "seed"?
e.yaml:6:15: Missing key "count"
  6 |   - { sample: {}, dropout: { uniform: [0, 0.5] } }
    |               ^^`,
);

rejects(
  "distributions that are none",
  `${START}grid:
  sample: { count: 3 }
  dropout: { uniform: [0.2, 0.2] }
  l1_penalty: { log_uniform: [0, 1] }
  steps: { integer: [0.5, 3] }
  momentum: { integer: [0, 0.5] }
  init: { uniform: [0, 1] }
  batch_size: { choice: [] }
  l2_penalty: { uniform: [0, 1], count: 3 }
  weight_decay: { uniform: [0, 1], log_uniform: [0.1, 1] }
`,
  `e.yaml:5:23: Cannot use uniform [0.2, 0.2]: uniform must have two different ends
  5 |   dropout: { uniform: [0.2, 0.2] }
    |                       ^^^^^^^^^^
e.yaml:6:30: Cannot use log_uniform [0, 1]: log_uniform must have ends greater than 0
  6 |   l1_penalty: { log_uniform: [0, 1] }
    |                              ^^^^^^
e.yaml:7:22: Cannot use integer 0.5: steps must be an integer in [0, 100000000]
  7 |   steps: { integer: [0.5, 3] }
    |                      ^^^
e.yaml:8:24: Cannot use integer [0, 0.5]: integer must have integer ends
  8 |   momentum: { integer: [0, 0.5] }
    |                        ^^^^^^^^
e.yaml:9:9: Cannot use init { uniform: [0, 1] }: init in the grid must be he, glorot or normal, or a list of values
  9 |   init: { uniform: [0, 1] }
    |         ^^^^^^^^^^^^^^^^^^^
e.yaml:10:25: Cannot use choice []: choice must have at least one value
  10 |   batch_size: { choice: [] }
     |                         ^^
e.yaml:11:41: Cannot use count 3: uniform takes no count, which belongs in the block's sample
  11 |   l2_penalty: { uniform: [0, 1], count: 3 }
     |                                         ^
e.yaml:12:17: Cannot use weight_decay { uniform: [0, 1], log_uniform: [0.1, 1] }: it must have only one of uniform, log_uniform
  12 |   weight_decay: { uniform: [0, 1], log_uniform: [0.1, 1] }
     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "patterns that no cell matches, with what there is",
  `${START}grid: { dropout: [0, 0.5], init: [he, glorot] }
exclude:
  - dropout=0.3
  - { init: normal }
  - { dropout: 0.5, momentum: "> 0" }
only: l2_penalty!=0
`,
  `e.yaml:5:5: Cannot use exclude dropout=0.3: it matches no cell
  5 |   - dropout=0.3
    |     ^^^^^^^^^^^ dropout is 0 or 0.5
e.yaml:6:5: Cannot use exclude { init: normal }: it matches no cell
  6 |   - { init: normal }
    |     ^^^^^^^^^^^^^^^^ init is he or glorot
e.yaml:7:5: Cannot use exclude { dropout: 0.5, momentum: "> 0" }: it matches no cell
  7 |   - { dropout: 0.5, momentum: "> 0" }
    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ momentum is 0
e.yaml:8:7: Cannot use only l2_penalty!=0: it matches no cell
  8 | only: l2_penalty!=0
    |       ^^^^^^^^^^^^^ l2_penalty is 0`,
);

rejects(
  "patterns that exclude everything",
  `${START}grid: { dropout: [0, 0.5] }
exclude: [dropout=0, { dropout: "> 0" }]
`,
  `e.yaml:4:1: Cannot use exclude: it leaves no cell
  4 | exclude: [dropout=0, { dropout: "> 0" }]
    | ^^^^^^^`,
);

rejects(
  "empty sections of patterns",
  `${START}grid: { dropout: [0, 0.5] }
exclude: []
only: [{}, ""]
`,
  `e.yaml:4:10: Cannot use exclude []: exclude must have at least one pattern
  4 | exclude: []
    |          ^^
e.yaml:5:8: Cannot use only {}: a pattern must have at least one hyperparameter
  5 | only: [{}, ""]
    |        ^^
e.yaml:5:12: Cannot use only "": only must name a cell or a pattern
  5 | only: [{}, ""]
    |            ^^`,
);

rejects(
  "patterns of what is no hyperparameter or no value of it",
  `${START}grid: { dropout: [0, 0.5] }
exclude:
  - { drop: 0, init: hee, steps: 1.5 }
  - { momentum: ["> 0"], dropout: "=> 1" }
`,
  `e.yaml:5:7: Unknown hyperparameter "drop"
  5 |   - { drop: 0, init: hee, steps: 1.5 }
    |       ^^^^
e.yaml:5:22: Cannot use init hee: init in a pattern must be he, glorot or normal, a list of values, or a comparison such as "!= he"
  5 |   - { drop: 0, init: hee, steps: 1.5 }
    |                      ^^^
e.yaml:5:34: Cannot use steps 1.5: steps in a pattern must be an integer in [0, 100000000], a list of values, or a comparison such as "> 1"
  5 |   - { drop: 0, init: hee, steps: 1.5 }
    |                                  ^^^
e.yaml:6:18: Cannot use momentum "> 0": momentum must be a number in [0, 1)
  6 |   - { momentum: ["> 0"], dropout: "=> 1" }
    |                  ^^^^^
e.yaml:6:35: Cannot use dropout "=> 1": dropout in a pattern must be a number in [0, 1), a list of values, or a comparison such as "> 1"
  6 |   - { momentum: ["> 0"], dropout: "=> 1" }
    |                                   ^^^^^^`,
);

rejects(
  "comparisons that mean nothing",
  `${START}grid: { dropout: [0, 0.5] }
exclude:
  - { init: "> he", dropout: "> x" }
  - drpout>0
  - dropout>0 and init=he
  - { steps: "!= 1.5" }
only: init=hee
`,
  `e.yaml:5:13: Cannot use init "> he": > compares numbers, not words
  5 |   - { init: "> he", dropout: "> x" }
    |             ^^^^^^
e.yaml:5:30: Cannot use dropout "> x": > compares numbers, not words
  5 |   - { init: "> he", dropout: "> x" }
    |                              ^^^^^
e.yaml:6:5: Unknown hyperparameter "drpout"
  6 |   - drpout>0
    |     ^^^^^^^^ did you mean "dropout"?
e.yaml:7:5: Cannot use exclude dropout>0 and init=he: it is neither a cell's name nor a pattern, such as dropout>0.5 init=he
  7 |   - dropout>0 and init=he
    |     ^^^^^^^^^^^^^^^^^^^^^
e.yaml:8:14: Cannot use steps "!= 1.5": steps must be an integer in [0, 100000000]
  8 |   - { steps: "!= 1.5" }
    |              ^^^^^^^^
e.yaml:9:7: Cannot use only init=hee: init must be he, glorot or normal
  9 | only: init=hee
    |       ^^^^^^^^ did you mean "he"?`,
);

rejects(
  "several values where one is compared",
  `${START}grid: { dropout: [0, 0.5] }
exclude:
  - dropout>0.1|0.2
  - init=he|glorat
  - drpout=0|0.5
`,
  `e.yaml:5:5: Cannot use exclude dropout>0.1|0.2: > compares with one number, not with one of several
  5 |   - dropout>0.1|0.2
    |     ^^^^^^^^^^^^^^^
e.yaml:6:5: Cannot use exclude init=he|glorat: init must be he, glorot or normal
  6 |   - init=he|glorat
    |     ^^^^^^^^^^^^^^ did you mean "glorot"?
e.yaml:7:5: Unknown hyperparameter "drpout"
  7 |   - drpout=0|0.5
    |     ^^^^^^^^^^^^ did you mean "dropout"?`,
);

rejects(
  "a comparison without quotes",
  `${START}grid: { dropout: [0, 0.5] }
exclude:
  - dropout: > 0.1
`,
  `e.yaml:5:16: Cannot read YAML: Not a YAML token: 0.1
  5 |   - dropout: > 0.1
    |                ^^^ put comparisons in quotes: "> 0.1"`,
);

rejects(
  "keys known to JavaScript, wherever they stand",
  `${START}grid:
  __proto__: [1]
  zip: { constructor: [1], toString: [1] }
  conditional: { when: { hasOwnProperty: 1 }, valueOf: [1], steps: [1] }
exclude: { __proto__: 1 }
baseline: { constructor: 1 }
`,
  `e.yaml:4:3: Unknown hyperparameter "__proto__"
  4 |   __proto__: [1]
    |   ^^^^^^^^^
e.yaml:5:10: Unknown hyperparameter "constructor"
  5 |   zip: { constructor: [1], toString: [1] }
    |          ^^^^^^^^^^^
e.yaml:5:28: Unknown hyperparameter "toString"
  5 |   zip: { constructor: [1], toString: [1] }
    |                            ^^^^^^^^
e.yaml:6:26: Unknown hyperparameter "hasOwnProperty"
  6 |   conditional: { when: { hasOwnProperty: 1 }, valueOf: [1], steps: [1] }
    |                          ^^^^^^^^^^^^^^
e.yaml:6:47: Unknown hyperparameter "valueOf"
  6 |   conditional: { when: { hasOwnProperty: 1 }, valueOf: [1], steps: [1] }
    |                                               ^^^^^^^
e.yaml:7:12: Unknown hyperparameter "__proto__"
  7 | exclude: { __proto__: 1 }
    |            ^^^^^^^^^
e.yaml:8:13: Unknown hyperparameter "constructor"
  8 | baseline: { constructor: 1 }
    |             ^^^^^^^^^^^`,
);

rejects(
  "a file that a text by itself extends",
  `${START}extends: other.yaml`,
  `e.yaml:3:10: Cannot read other.yaml: an experiment that is not a file cannot extend another
  3 | extends: other.yaml
    |          ^^^^^^^^^^`,
);

rejects(
  "keys that are off never, always, or where nothing is drawn",
  `${START}grid:
  sample: { count: 3 }
  dropout: { uniform: [0, 0.5], off: 0 }
  optimizer: { choice: [adam], off: 1 }
  l2_penalty: { linear: [0, 1], count: 3, off: 0.5 }
`,
  `e.yaml:5:38: Cannot use off 0: off must be a share between 0 and 1, such as 0.5
  5 |   dropout: { uniform: [0, 0.5], off: 0 }
    |                                      ^
e.yaml:6:37: Cannot use off 1: off must be a share between 0 and 1, such as 0.5
  6 |   optimizer: { choice: [adam], off: 1 }
    |                                     ^
e.yaml:7:48: Cannot use off 0.5: linear takes no off, which is for keys that are drawn
  7 |   l2_penalty: { linear: [0, 1], count: 3, off: 0.5 }
    |                                                ^^^`,
);
