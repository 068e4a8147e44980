import { assert, assertEquals } from "@std/assert";
import { nextBatch, plannedCells } from "../../../src/experiment/next_batch.ts";
import type { Experiment } from "../../../src/experiment/experiment.ts";
import { parseExperiment } from "../../../src/experiment/parse_experiment.ts";
import { rejects, START } from "../_rejects.ts";

function experimentOf(text: string): Experiment {
  return parseExperiment(START + text, "e.yaml");
}

/** The cells' values of a key, in their order. */
function valuesOf({ cells }: Experiment, key: string): unknown[] {
  return cells.map(({ index }) => cells.valueAt(index, key));
}

const SEARCHED = experimentOf(`grid:
  - dropout: [0, 0.3]
  - sample: { count: 20, method: tpe, batch: 8, seed: 3 }
    learning_rate: { log_uniform: [0.001, 1] }
    optimizer: { choice: [sgd, adam] }
    steps: 500
    conditional:
      when: optimizer=adam
      beta1: { uniform: [0.5, 0.99] }
`);

/** The experiment with all batches, each cell being as good as it learns fast. */
function searched(experiment: Experiment, meritOf = (rate: number) => rate): Experiment[] {
  const batches = [experiment];
  for (;;) {
    const last = batches[batches.length - 1];
    const next = nextBatch(
      last,
      valuesOf(last, "learning_rate").map((rate) => meritOf(Number(rate))),
    );
    if (next.searched?.isOver) return batches;
    batches.push(next);
  }
}

Deno.test("a search begins with the points that Sobol's sequence draws for its keys", () => {
  const sobol = experimentOf(`grid:
  - dropout: [0, 0.3]
  - sample: { count: 8, method: sobol, seed: 3 }
    learning_rate: { log_uniform: [0.001, 1] }
    optimizer: { choice: [sgd, adam] }
`);
  for (const key of ["dropout", "learning_rate", "optimizer"]) {
    assertEquals(valuesOf(SEARCHED, key), valuesOf(sobol, key));
  }
  assertEquals(valuesOf(SEARCHED, "steps").slice(2), Array(8).fill(500));
  assertEquals(SEARCHED.search?.batches, [10]);
  assertEquals([SEARCHED.search?.batchCount, plannedCells(SEARCHED)], [3, 22]);
});

Deno.test("a search adds cells behind those that there are, until there are as many as asked for", () => {
  const batches = searched(SEARCHED);
  assertEquals(batches.map(({ cells }) => cells.length), [10, 18, 22]);
  assertEquals(batches.map(plannedCells), [22, 22, 22]);
  const names = batches.map(({ cells }) => cells.map(({ name }) => name));
  assertEquals(names[2].slice(0, 18), names[1]);
  assertEquals(new Set(names[2]).size, 22);
  assertEquals(batches.map(({ sweptKeys }) => sweptKeys), batches.map(() => SEARCHED.sweptKeys));
  // Later batches are where it is good.
  const rates = valuesOf(batches[2], "learning_rate").map(Number);
  assert(rates.slice(18).every((rate) => rate > 0.05), rates.join(" "));
  const { places } = batches[2];
  const cell = batches[2].cells.at(21);
  assertEquals(cell && places.ofValue(cell, "learning_rate").line, 6);
});

Deno.test("a search draws conditional keys for the points that have them, one value each", () => {
  const [, , { cells }] = searched(SEARCHED);
  for (const { name, config } of cells) {
    assertEquals(name.includes("beta1"), config.optimizer === "adam", name);
  }
});

Deno.test("a search has the conditional keys of a value that it does not draw", () => {
  const { cells } = experimentOf(`fixed: { optimizer: adam }
grid:
  - {}
  - sample: { count: 4, method: tpe, batch: 4, seed: 1 }
    learning_rate: { log_uniform: [0.001, 1] }
    conditional: { when: optimizer=adam, beta1: { uniform: [0.5, 0.99] } }
`);
  assertEquals(
    cells.map(({ name }) => name.includes("beta1")),
    [false, true, true, true, true],
  );
});

Deno.test("a search goes on from what is good for it, and from nothing else", () => {
  const [, second] = searched(SEARCHED);
  const names = ({ cells }: Experiment) => cells.map(({ name }) => name);
  // Only their order counts.
  assertEquals(names(searched(SEARCHED, (rate) => 2 * rate)[1]), names(second));
  assert(names(searched(SEARCHED, (rate) => -rate)[1]).join() !== names(second).join());
});

Deno.test("a search of few values ends when it has them all", () => {
  const few = experimentOf(`grid:
  - sample: { count: 50, method: tpe, batch: 4 }
    momentum: { choice: [0, 0.5, 0.9] }
    optimizer: { choice: [sgd, adam] }
`);
  const batches = searched(few, () => 0);
  assertEquals(batches.at(-1)?.cells.length, 6);
});

Deno.test("a search does not propose cells that cannot be trained", () => {
  const last = SEARCHED.search?.next(
    valuesOf(SEARCHED, "learning_rate").map(Number),
    ({ config }) => Number(config.learning_rate) < 0.1,
  );
  const rates = Array.from(last?.cells ?? [], ({ config }) => Number(config.learning_rate));
  assertEquals(rates.length, 18);
  assert(rates.slice(10).every((rate) => rate < 0.1), rates.join(" "));
});

Deno.test("a search does not propose combinations that the trainer refuses", () => {
  // One of 25: a rate for each of two layers, in a network with one.
  const all = searched(
    experimentOf(`grid:
  - sample: { count: 25, method: tpe, batch: 5, seed: 2 }
    hidden: { choice: [[4, 4], [5, 5], [6, 6], [7, 7], [4]] }
    dropout: { choice: [0, 0.1, 0.2, 0.3, [0.1, 0.2]] }
`),
    () => 0,
  );
  assertEquals(all.at(-1)?.cells.length, 24);
});

Deno.test("a search keeps its baseline, whatever cells come", () => {
  const all = searched(experimentOf(`grid:
  - sample: { count: 12, method: tpe, batch: 4 }
    dropout: { choice: [0, 0.1, 0.2, 0.3] }
    learning_rate: { log_uniform: [0.001, 1] }
  - {}
baseline: { dropout: 0, learning_rate: 0.1 }
`));
  assertEquals(all.map(({ baseline, cells }) => cells.at(baseline)?.name), all.map(() => "fixed"));
});

rejects(
  "a list, a range or a zip in a block that is searched",
  `${START}grid:
  - sample: { count: 9, method: tpe }
    dropout: { uniform: [0, 0.5] }
    l2_penalty: [0, 0.1]
    zip: { momentum: [0, 0.5] }
`,
  `e.yaml:6:17: Cannot use l2_penalty [0, 0.1]: tpe draws each key of its block, or it has one value
  6 |     l2_penalty: [0, 0.1]
    |                 ^^^^^^^^ such as l2_penalty: { choice: [0, 0.1] }
e.yaml:7:10: Cannot use zip { momentum: [0, 0.5] }: tpe draws each key of its block by itself
  7 |     zip: { momentum: [0, 0.5] }
    |          ^^^^^^^^^^^^^^^^^^^^^^`,
);
rejects(
  "a batch without a search, and a search that is too large",
  `${START}grid:
  - { sample: { count: 9, batch: 3 }, dropout: { uniform: [0, 0.5] } }
  - { sample: { count: 20000, method: tpe }, dropout: { uniform: [0, 0.5] } }
`,
  `e.yaml:4:34: Cannot use batch 3: only method tpe has batches
  4 |   - { sample: { count: 9, batch: 3 }, dropout: { uniform: [0, 0.5] } }
    |                                  ^
e.yaml:5:24: Cannot use count 20000: count must be at most 2000 for method tpe
  5 |   - { sample: { count: 20000, method: tpe }, dropout: { uniform: [0, 0.5] } }
    |                        ^^^^^`,
);
rejects(
  "a search in a conditional block, and a sample in one that is searched",
  `${START}grid:
  - optimizer: [sgd, adam]
    conditional: { when: optimizer=adam, sample: { count: 4, method: tpe }, beta1: { uniform: [0, 0.9] } }
  - sample: { count: 4, method: tpe }
    momentum: { uniform: [0, 0.9] }
    conditional: { when: momentum>0.5, sample: { count: 4 }, dropout: { uniform: [0, 0.9] } }
`,
  `e.yaml:5:70: Cannot use method tpe: tpe searches blocks of the grid, and what is conditional in them
  5 |     conditional: { when: optimizer=adam, sample: { count: 4, method: tpe }, beta1: { uniform: [0, 0.9] } }
    |                                                                      ^^^
e.yaml:8:48: Cannot use sample { count: 4 }: tpe searches the block around it, and draws these keys, too
  8 |     conditional: { when: momentum>0.5, sample: { count: 4 }, dropout: { uniform: [0, 0.9] } }
    |                                                ^^^^^^^^^^^^`,
);
rejects(
  "patterns that select cells of a search",
  `${START}grid:
  - sample: { count: 4, method: tpe }
    dropout: { uniform: [0, 0.5] }
exclude: dropout>0.3
`,
  `e.yaml:6:1: Cannot use exclude: tpe proposes cells by the results of others, so they are not known beforehand
  6 | exclude: dropout>0.3
    | ^^^^^^^ the ends of uniform, log_uniform and integer, and the values of choice, say where it looks`,
);
