import { assertEquals, assertThrows } from "@std/assert";
import { keepCells } from "../../src/experiment/cells/keep_cells.ts";
import { finalistCount, runCount, rungsOf, survivorCount } from "../../src/experiment/halving.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { rejects, START } from "./_rejects.ts";

const HALVING = { metric: "validation_accuracy", minSteps: 50, eta: 3 } as const;
const GRID = "grid: { l2_penalty: { log: [1.0e-5, 1], count: 9 } }\n";

Deno.test("rungsOf() goes up in powers of eta, and ends before the longest run does", () => {
  assertEquals(rungsOf(HALVING, 28, 1000), [
    { step: 50, cells: 28 },
    { step: 150, cells: 10 },
    { step: 450, cells: 4 },
  ]);
  assertEquals(rungsOf(HALVING, 28, 450).map(({ step }) => step), [50, 150]);
  assertEquals(rungsOf(HALVING, 28, 451).map(({ step }) => step), [50, 150, 450]);
  assertEquals(rungsOf(HALVING, 28, 50), []);
  assertEquals(rungsOf(HALVING, 4, 1000), [{ step: 50, cells: 4 }]);
  assertEquals(rungsOf(HALVING, 2, 1000), []);
});

Deno.test("survivorCount() counts the baseline, and a part of the others that is not empty", () => {
  assertEquals([1, 2, 3, 4, 5, 10, 28].map((cells) => survivorCount(cells, HALVING)), [
    ...[1, 2, 2, 2, 3],
    ...[4, 10],
  ]);
});

Deno.test("runCount() counts the runs of every rung, and those to the end", () => {
  const text = `${START}${GRID}seeds: 4\nfixed: { steps: 300 }\n`;
  assertEquals(runCount(parseExperiment(text, "e.yaml")), 9 * 4);
  const halved = parseExperiment(`${text}successive_halving: { min_steps: 100, eta: 2 }`, "e.yaml");
  assertEquals(rungsOf({ ...HALVING, minSteps: 100, eta: 2 }, 9, 300), [
    { step: 100, cells: 9 },
    { step: 200, cells: 5 },
  ]);
  assertEquals(runCount(halved), (9 + 5 + 3) * 4);
  assertEquals(finalistCount(HALVING, 9, []), 9);
});

Deno.test("parseExperiment() reads successive_halving, by the experiment's metric and by 3", () => {
  const read = (text: string) => parseExperiment(START + GRID + text, "e.yaml").halving;
  assertEquals(read(""), undefined);
  assertEquals(read("metric: train_loss\nsuccessive_halving: { min_steps: 50 }"), {
    metric: "train_loss",
    minSteps: 50,
    eta: 3,
  });
  assertEquals(
    read("successive_halving: { metric: validation_loss, min_steps: 100, eta: 2 }"),
    { metric: "validation_loss", minSteps: 100, eta: 2 },
  );
});

Deno.test("keepCells() keeps names and configs, and counts anew", () => {
  const text = `${START}${GRID}baseline: { l2_penalty: 1 }\n`;
  const experiment = parseExperiment(text, "e.yaml");
  const { cells, baseline } = keepCells(experiment, [2, 5, 8]);
  const expected = [2, 5, 8].flatMap((index) => experiment.cells.at(index) ?? []);
  assertEquals([...cells], expected.map((cell, index) => ({ ...cell, index })));
  assertEquals([cells.length, baseline], [3, 2]);
  assertEquals(cells.map(({ trainer, config }) => cells.indexOfConfig(trainer, config)), [0, 1, 2]);
  const left = experiment.cells.at(3);
  assertEquals(left && cells.indexOfConfig(left.trainer, left.config), -1);
  assertEquals([cells.at(-1), cells.at(3)], [undefined, undefined]);
  assertThrows(() => keepCells(experiment, [0, 1]), RangeError, "baseline");
});

rejects(
  "what is no successive halving",
  `${START}${GRID}successive_halving: { metric: accuracy, eta: 1, min_step: 3 }`,
  `e.yaml:4:21: Missing key "min_steps"
  4 | successive_halving: { metric: accuracy, eta: 1, min_step: 3 }
    |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:4:31: Cannot use metric accuracy: metric must be validation_M, best_validation_M or train_M, where M is loss, accuracy, balanced_accuracy, macro_f1, roc_auc, average_precision, brier, rmse, mse, mae or r2
  4 | successive_halving: { metric: accuracy, eta: 1, min_step: 3 }
    |                               ^^^^^^^^ did you mean "validation_accuracy"?
e.yaml:4:46: Cannot use eta 1: eta must be an integer of at least 2
  4 | successive_halving: { metric: accuracy, eta: 1, min_step: 3 }
    |                                              ^
e.yaml:4:49: Unknown key "min_step"
  4 | successive_halving: { metric: accuracy, eta: 1, min_step: 3 }
    |                                                 ^^^^^^^^ did you mean "min_steps"?`,
);

rejects(
  "rungs that no run outlasts",
  `${START}${GRID}fixed: { steps: 100 }
successive_halving: { min_steps: 100 }`,
  `e.yaml:5:34: Cannot use min_steps 100: no cell has more than 100 steps
  5 | successive_halving: { min_steps: 100 }
    |                                  ^^^`,
);

rejects(
  "rungs between the evaluations of some cell",
  `${START}grid: { evaluate_every: [10, 40] }
successive_halving: { min_steps: 100 }`,
  `e.yaml:4:34: Cannot use min_steps 100: it must be a multiple of evaluate_every, which is 40
  4 | successive_halving: { min_steps: 100 }
    |                                  ^^^`,
);

rejects(
  "halving the notebook's runs",
  `${START}grid: [{ trainer: notebook, lambda_l1: [0, 1] }, { dropout: [0] }]
successive_halving: { min_steps: 100 }`,
  `e.yaml:4:1: Cannot use successive_halving: runs of trainer notebook cannot be stopped
  4 | successive_halving: { min_steps: 100 }
    | ^^^^^^^^^^^^^^^^^^`,
);
