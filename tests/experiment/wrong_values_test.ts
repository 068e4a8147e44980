import { rejects, START } from "./_rejects.ts";

rejects(
  "numbers in place of text",
  `name: 2024
dataset: { path: true, target: 0 }
`,
  `e.yaml:1:7: Cannot use name 2024: name must be text
  1 | name: 2024
    |       ^^^^ write "2024"
e.yaml:2:18: Cannot use path true: path must be text
  2 | dataset: { path: true, target: 0 }
    |                  ^^^^ write "true"
e.yaml:2:32: Cannot use target 0: target must be the name of a column, or its number: 1 is the first, -1 the last
  2 | dataset: { path: true, target: 0 }
    |                                ^`,
);

rejects(
  "text in place of numbers",
  `${START}fixed:
  learning_rate: "0.1"
  steps: 1_000
  l1_penalty: 1e-4x
  dropout: [0.5, half]
equivalence: small
`,
  `e.yaml:4:18: Cannot use learning_rate "0.1": learning_rate must be a number greater than 0
  4 |   learning_rate: "0.1"
    |                  ^^^^^ write 0.1 without quotes
e.yaml:5:10: Cannot use steps 1_000: steps must be an integer in [0, 100000000]
  5 |   steps: 1_000
    |          ^^^^^ write 1000
e.yaml:6:15: Cannot use l1_penalty 1e-4x: l1_penalty must be a number of at least 0
  6 |   l1_penalty: 1e-4x
    |               ^^^^^
e.yaml:7:18: Cannot use dropout half: dropout must be a number in [0, 1)
  7 |   dropout: [0.5, half]
    |                  ^^^^
e.yaml:8:14: Cannot use equivalence small: equivalence must be a number of at least 0
  8 | equivalence: small
    |              ^^^^^`,
);

rejects(
  "values out of range",
  `${START}fixed:
  dropout: 1.5
  momentum: 1
  learning_rate: 0
  l1_penalty: -1.0e-4
  steps: 2.5
  prune_period: 0
  batch_size: 0
  evaluate_every: 1e300
  l2_penalty: .nan
  weight_decay: .inf
`,
  `e.yaml:4:12: Cannot use dropout 1.5: dropout must be in [0, 1)
  4 |   dropout: 1.5
    |            ^^^
e.yaml:5:13: Cannot use momentum 1: momentum must be in [0, 1)
  5 |   momentum: 1
    |             ^
e.yaml:6:18: Cannot use learning_rate 0: learning_rate must be greater than 0
  6 |   learning_rate: 0
    |                  ^
e.yaml:7:15: Cannot use l1_penalty -1.0e-4: l1_penalty must be at least 0
  7 |   l1_penalty: -1.0e-4
    |               ^^^^^^^
e.yaml:8:10: Cannot use steps 2.5: steps must be an integer in [0, 100000000]
  8 |   steps: 2.5
    |          ^^^
e.yaml:9:17: Cannot use prune_period 0: prune_period must be an integer of at least 1
  9 |   prune_period: 0
    |                 ^
e.yaml:10:15: Cannot use batch_size 0: batch_size must be all or an integer of at least 1
  10 |   batch_size: 0
     |               ^
e.yaml:11:19: Cannot use evaluate_every 1e300: evaluate_every must be an integer of at least 1
  11 |   evaluate_every: 1e300
     |                   ^^^^^
e.yaml:12:15: Cannot use l2_penalty .nan: l2_penalty must be a number of at least 0
  12 |   l2_penalty: .nan
     |               ^^^^
e.yaml:13:17: Cannot use weight_decay .inf: weight_decay must be a number of at least 0
  13 |   weight_decay: .inf
     |                 ^^^^`,
);

const MARKED = { "30": "^^ did you mean 30m?", "0s": "^^", "half an hour": "^".repeat(12) };
for (const [written, marks] of Object.entries(MARKED)) {
  rejects(
    `budget ${written}`,
    `${START}budget: ${written}\n`,
    `e.yaml:3:9: Cannot use budget ${written}: budget must be a duration such as 90s, 30m, 2h or 1h30m
  3 | budget: ${written}
    |         ${marks}`,
  );
}

rejects(
  "values out of range per layer and in the grid",
  `${START}fixed: { hidden: [64, 0], dropout: [0.5, 1] }
grid:
  - l1_penalty: [0, -1]
  - momentum: { linear: [0, 1], count: 3 }
  - activation: [[relu, tanh], [relu, sigmoid]]
`,
  `e.yaml:3:23: Cannot use hidden 0: hidden must be an integer in [1, 65536]
  3 | fixed: { hidden: [64, 0], dropout: [0.5, 1] }
    |                       ^
e.yaml:3:42: Cannot use dropout 1: dropout must be in [0, 1)
  3 | fixed: { hidden: [64, 0], dropout: [0.5, 1] }
    |                                          ^
e.yaml:5:21: Cannot use l1_penalty -1: l1_penalty must be at least 0
  5 |   - l1_penalty: [0, -1]
    |                     ^^
e.yaml:6:29: Cannot use linear 1: momentum must be in [0, 1)
  6 |   - momentum: { linear: [0, 1], count: 3 }
    |                             ^
e.yaml:7:39: Cannot use activation sigmoid: activation must be relu, tanh or identity
  7 |   - activation: [[relu, tanh], [relu, sigmoid]]
    |                                       ^^^^^^^`,
);

rejects(
  "words that are not allowed",
  `${START}trainer: mpl
metric: accuracy
fixed: { activation: rellu, init: xavier, batch_size: al, clip_gradient: No }
`,
  `e.yaml:3:10: Cannot use trainer mpl: trainer must be mlp or notebook
  3 | trainer: mpl
    |          ^^^ did you mean "mlp"?
e.yaml:4:9: Cannot use metric accuracy: metric must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2, or a measure of your own, such as {key: seconds, better: smaller}
  4 | metric: accuracy
    |         ^^^^^^^^ did you mean "validation_accuracy"?
e.yaml:5:22: Cannot use activation rellu: activation must be relu, tanh or identity, or a list with one per hidden layer
  5 | fixed: { activation: rellu, init: xavier, batch_size: al, clip_gradient: No }
    |                      ^^^^^ did you mean "relu"?
e.yaml:5:35: Cannot use init xavier: init must be he, glorot or normal
  5 | fixed: { activation: rellu, init: xavier, batch_size: al, clip_gradient: No }
    |                                   ^^^^^^
e.yaml:5:55: Cannot use batch_size al: batch_size must be all or an integer of at least 1
  5 | fixed: { activation: rellu, init: xavier, batch_size: al, clip_gradient: No }
    |                                                       ^^ did you mean "all"?
e.yaml:5:74: Cannot use clip_gradient No: clip_gradient must be none or a number greater than 0
  5 | fixed: { activation: rellu, init: xavier, batch_size: al, clip_gradient: No }
    |                                                                          ^^ write none`,
);

rejects(
  "shapes that do not fit",
  `${START}fixed: { hidden: 64, steps: [1, 2], dropout: { a: 1 } }
`,
  `e.yaml:3:18: Cannot use hidden 64: hidden must be a list of values, each an integer in [1, 65536]
  3 | fixed: { hidden: 64, steps: [1, 2], dropout: { a: 1 } }
    |                  ^^ write [64]
e.yaml:3:29: Cannot use steps [1, 2]: steps must be an integer in [0, 100000000]
  3 | fixed: { hidden: 64, steps: [1, 2], dropout: { a: 1 } }
    |                             ^^^^^^
e.yaml:3:46: Cannot use dropout { a: 1 }: dropout must be a number in [0, 1), or a list with one per hidden layer
  3 | fixed: { hidden: 64, steps: [1, 2], dropout: { a: 1 } }
    |                                              ^^^^^^^^`,
);

rejects(
  "too many layers",
  `${START}fixed: { hidden: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }
`,
  `e.yaml:3:18: Cannot use hidden [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]: hidden must have at most 16 values
  3 | fixed: { hidden: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }
    |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "values per layer that do not fit the layers",
  `${START}fixed: { dropout: [0.1, 0.2] }
grid: { hidden: [[64], [64, 64]], activation: [tanh, [relu, relu, tanh]] }
`,
  `e.yaml:3:19: Cannot use dropout [0.1, 0.2]: dropout must have one value per hidden layer, and hidden is [64]
  3 | fixed: { dropout: [0.1, 0.2] }
    |                   ^^^^^^^^^^
e.yaml:4:54: Cannot use activation [relu, relu, tanh]: activation must have one value per hidden layer, and hidden is [64]
  4 | grid: { hidden: [[64], [64, 64]], activation: [tanh, [relu, relu, tanh]] }
    |                                                      ^^^^^^^^^^^^^^^^^^`,
);

rejects(
  "values per layer that fit not even the default layers",
  `${START}fixed: { activation: [relu] }
`,
  `e.yaml:3:22: Cannot use activation [relu]: activation must have one value per hidden layer, and hidden is [128, 128]
  3 | fixed: { activation: [relu] }
    |                      ^^^^^^`,
);

rejects(
  "a question mark without quotes among the marks of gaps",
  `name: gaps
dataset: { path: data.csv, target: label, missing: [?] }
`,
  `e.yaml:2:54: Cannot use missing without a value: write "?" in quotes, and "" for nothing
  2 | dataset: { path: data.csv, target: label, missing: [?] }
    |                                                      ^`,
);
