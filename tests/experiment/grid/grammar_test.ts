import { assertEquals } from "@std/assert";
import { baselineCell } from "../../../src/experiment/experiment.ts";
import { parseExperiment } from "../../../src/experiment/parse_experiment.ts";
import { START } from "../_rejects.ts";

function parse(text: string, overrides = {}) {
  return parseExperiment(START + text, "e.yaml", overrides);
}

/** The names of the cells that an experiment has. */
function cellsOf(text: string, overrides = {}): string[] {
  return parse(text, overrides).cells.map(({ name }) => name);
}

Deno.test("zip moves keys together, as one dimension of the product", () => {
  const text = `
grid:
  zip: { steps: [100, 200], learning_rate: [0.2, 0.1] }
  dropout: [0, 0.5]
`;
  assertEquals(cellsOf(text), [
    "steps=100 learning_rate=0.2 dropout=0",
    "steps=100 learning_rate=0.2 dropout=0.5",
    "steps=200 learning_rate=0.1 dropout=0",
    "steps=200 learning_rate=0.1 dropout=0.5",
  ]);
  assertEquals(parse(text).outline.grid, ["steps with learning_rate (2) × dropout (2)"]);
});

Deno.test("a single value in a block means a list of one", () => {
  const written = (open: string, close: string) => `
grid:
  - { optimizer: ${open}adam${close}, learning_rate: [0.1, 0.2], dropout: ${open}0.5${close} }
  - zip: { batch_size: ${open}all${close}, steps: ${open}5${close} }
    conditional: { when: steps=5, activation: ${open}tanh${close} }
  - { trainer: ${open}mlp${close}, zip: { init: ${open}glorot${close} } }
`;
  const single = parse(written("", ""));
  const lists = parse(written("[", "]"));
  assertEquals([...single.cells], [...lists.cells]);
  assertEquals(single.sweptKeys, lists.sweptKeys);
  assertEquals(single.outline.grid, lists.outline.grid);
});

Deno.test("zip takes ranges, several dimensions, and its place in the order", () => {
  const text = `
grid:
  init: [he]
  zip:
    - { l1_penalty: { log: [0.1, 0.001], count: 3 }, momentum: { linear: [0, 0.4], count: 3 } }
    - { steps: [1, 2] }
`;
  assertEquals(cellsOf(text).slice(0, 3), [
    "init=he l1_penalty=0.1 momentum=0 steps=1",
    "init=he l1_penalty=0.1 momentum=0 steps=2",
    "init=he l1_penalty=0.01 momentum=0.2 steps=1",
  ]);
  assertEquals(parse(text).outline.grid, ["init=he, l1_penalty with momentum (3) × steps (2)"]);
});

Deno.test("a conditional block multiplies the combinations that match, and no others", () => {
  const text = `
grid:
  optimizer: [sgd, adam]
  l2_penalty: [0, 0.1]
  conditional:
    - when: { optimizer: sgd }
      momentum: [0, 0.9]
    - when: optimizer=adam l2_penalty>0
      beta1: [0.8]
`;
  assertEquals(cellsOf(text), [
    "optimizer=sgd l2_penalty=0 momentum=0",
    "optimizer=sgd l2_penalty=0 momentum=0.9",
    "optimizer=sgd l2_penalty=0.1 momentum=0",
    "optimizer=sgd l2_penalty=0.1 momentum=0.9",
    "optimizer=adam l2_penalty=0",
    "optimizer=adam l2_penalty=0.1 beta1=0.8",
  ]);
  assertEquals(parse(text).outline.grid, [
    "optimizer (2) × l2_penalty (2); where optimizer=sgd: momentum (2); " +
    "where optimizer=adam l2_penalty>0: beta1=0.8",
  ]);
});

Deno.test("conditional blocks may stand in one another, and ask for what those before them gave", () => {
  const text = `
grid:
  prune_threshold: [0, 0.5]
  conditional:
    when: prune_threshold>0
    prune_period: [50, 200]
    conditional:
      when: { prune_period: "< 100" }
      zip: { steps: [300, 600], learning_rate: [0.2, 0.1] }
`;
  assertEquals(cellsOf(text), [
    "prune_threshold=0",
    "prune_threshold=0.5 prune_period=50 steps=300 learning_rate=0.2",
    "prune_threshold=0.5 prune_period=50 steps=600 learning_rate=0.1",
    "prune_threshold=0.5 prune_period=200",
  ]);
});

Deno.test("conditions hold for fixed values and defaults, too", () => {
  const grid = "grid: { dropout: [0, 0.5], conditional: { when: optimizer=adam, beta1: [0.8] } }";
  assertEquals(cellsOf(`fixed: { optimizer: adam }\n${grid}`), [
    "dropout=0 beta1=0.8",
    "dropout=0.5 beta1=0.8",
  ]);
  assertEquals(cellsOf(grid.replace("adam", "sgd").replace("beta1: [0.8]", "momentum: [0.9]")), [
    "dropout=0 momentum=0.9",
    "dropout=0.5 momentum=0.9",
  ]);
});

Deno.test("a conditional block may sample, for each combination the same points", () => {
  const text = `
grid:
  optimizer: [sgd, adam]
  dropout: [0, 0.1]
  conditional:
    when: optimizer=adam
    sample: { count: 3 }
    beta1: { uniform: [0.5, 0.99] }
`;
  const { cells, outline } = parse(text);
  const drawn = cells.map(({ config }) => config.beta1).slice(2);
  assertEquals([cells.length, drawn.length], [8, 6]);
  assertEquals(drawn.slice(0, 3), drawn.slice(3));
  assertEquals(outline.grid, [
    "optimizer (2) × dropout (2); where optimizer=adam: 3 random points of beta1 (seed 1)",
  ]);
});

Deno.test("a sample is one dimension, where its first key stands", () => {
  const text = `
grid:
  init: [he, glorot]
  dropout: { choice: [0.25] }
  steps: [1, 2]
  l1_penalty: { log_uniform: [1.0e-6, 1.0e-2] }
  sample: { count: 2, method: sobol, seed: 1 }
`;
  const point = (init: string, steps: number, l1: string) =>
    `init=${init} dropout=0.25 l1_penalty=${l1} steps=${steps}`;
  assertEquals(cellsOf(text).slice(0, 5), [
    point("he", 1, "0.00000281197"),
    point("he", 2, "0.00000281197"),
    point("he", 1, "0.000281197"),
    point("he", 2, "0.000281197"),
    point("glorot", 1, "0.00000281197"),
  ]);
  assertEquals(parse(text).outline.grid, [
    "init (2) × 2 sobol points of dropout, l1_penalty (seed 1) × steps (2)",
  ]);
});

Deno.test("exclude leaves out what any of its patterns matches, and counts it", () => {
  const text = `
grid: { dropout: [0, 0.25, 0.5], init: [he, glorot, normal] }
exclude:
  - { dropout: "> 0", init: [glorot, normal] }
  - dropout=0.5 init=he
  - { dropout: 0, init: "!= he" }
`;
  const { cells, outline } = parse(text);
  assertEquals(cells.map(({ name }) => name), ["dropout=0 init=he", "dropout=0.25 init=he"]);
  assertEquals(cells.map(({ index }) => index), [0, 1]);
  assertEquals(outline.exclude, [
    { pattern: "dropout>0 init=glorot|normal", cells: 4 },
    { pattern: "dropout=0.5 init=he", cells: 1 },
    { pattern: "dropout=0 init!=he", cells: 2 },
  ]);
});

Deno.test("patterns compare what values mean: per layer, and where they are lists", () => {
  const grid = "grid: { hidden: [[8], [8, 8]], dropout: [0, 0.25, [0.5, 0.25], [0.25, 0.25]] }";
  const exclude = "exclude: [{ hidden: [8], dropout: [[0.5, 0.25], [0.25, 0.25]] }]";
  const { cells, duplicates, outline } = parse(`${grid}\n${exclude}`);
  assertEquals(cells.map(({ name }) => name), [
    "hidden=[8] dropout=0",
    "hidden=[8, 8] dropout=0",
    "hidden=[8, 8] dropout=0.25",
    "hidden=[8, 8] dropout=[0.5, 0.25]",
  ]);
  assertEquals(duplicates, 2);
  assertEquals(outline.exclude, [
    { pattern: "hidden=[8] dropout=[0.5, 0.25]|[0.25, 0.25]", cells: 2 },
  ]);
  // Every width of a list has to be as large.
  assertEquals(cellsOf('grid: { hidden: [[8], [8, 4], []] }\nexclude: { hidden: ">= 8" }'), [
    "hidden=[8, 4]",
  ]);
});

Deno.test("patterns in one line have ranges, and values of which any or none may match", () => {
  const grid = "grid: { dropout: [0, 0.1, 0.25, 0.5], init: [he, glorot, normal] }";
  const namesOf = (only: string) => cellsOf(`${grid}\nonly: '${only}'`);
  assertEquals(namesOf("dropout>=0.1 dropout<0.5 init=he"), [
    "dropout=0.1 init=he",
    "dropout=0.25 init=he",
  ]);
  assertEquals(namesOf("dropout=0 init=he|normal"), ["dropout=0 init=he", "dropout=0 init=normal"]);
  assertEquals(namesOf("dropout=0 init!=he | normal"), ["dropout=0 init=glorot"]);
  assertEquals(namesOf("dropout=[0.5, 0.5]|0.1 init=he"), [
    "dropout=0.1 init=he",
    "dropout=0.5 init=he",
  ]);
});

Deno.test("a pattern says in one line what it says in a mapping", () => {
  const grid = "grid: { dropout: [0, 0.25, 0.5], init: [he, glorot, normal] }";
  const [mapping] = parse(`${grid}\nonly: { dropout: "> 0", init: [he, normal] }`).outline.only;
  assertEquals(mapping, { pattern: "dropout>0 init=he|normal", cells: 4 });
  assertEquals(parse(`${grid}\nonly: ${mapping.pattern}`).outline.only, [mapping]);
});

Deno.test("a union drops what an earlier block has, whichever way it is written, and counts it", () => {
  const { cells, duplicates, outline } = parse(`
fixed: { hidden: [8, 8] }
grid:
  - { dropout: [0, 0.5] }
  - { l2_penalty: [0, 0.1], dropout: [[0.5, 0.5]] }
  - {}
`);
  assertEquals(cells.map(({ name }) => name), [
    "dropout=0",
    "dropout=0.5",
    "l2_penalty=0.1 dropout=[0.5, 0.5]",
  ]);
  assertEquals(duplicates, 2);
  assertEquals(outline.grid, [
    "dropout (2)",
    "dropout=[0.5, 0.5], l2_penalty (2)",
    "one cell that sweeps nothing",
  ]);
});

Deno.test("only keeps the cells of a name or a pattern, and counts them", () => {
  const text = "grid: { dropout: [0, 0.25, 0.5], init: [he, glorot] }\n";
  const { cells, outline, seeds } = parse(text + "only: [dropout=0.5 init=he, { dropout: 0 }]");
  assertEquals(cells.map(({ name, index }) => [name, index]), [
    ["dropout=0 init=he", 0],
    ["dropout=0 init=glorot", 1],
    ["dropout=0.5 init=he", 2],
  ]);
  assertEquals(outline.only, [
    { pattern: "dropout=0.5 init=he", cells: 1 },
    { pattern: "dropout=0", cells: 2 },
  ]);
  assertEquals(seeds.length, 10);
  assertEquals(cellsOf("grid: [{}, { dropout: [0.5] }]\nonly: fixed"), ["fixed"]);
  assertEquals(cellsOf("only: all"), ["all"]);
});

Deno.test("--only replaces the experiment's only, and the first cell may be the baseline", () => {
  const text = "grid: { dropout: [0, 0.25, 0.5] }\nonly: dropout<0.5\nbaseline: { dropout: 0 }\n";
  const only = ["dropout=0.5", "dropout>0.1"];
  const experiment = parse(text, { only, mayLackBaseline: true });
  assertEquals(experiment.cells.map(({ name }) => name), ["dropout=0.25", "dropout=0.5"]);
  assertEquals(baselineCell(experiment).name, "dropout=0.25");
  assertEquals(baselineCell(parse(text, { only: ["dropout>=0"] })).name, "dropout=0");
});

Deno.test("only names one cell where its values are others', too", () => {
  const text = "grid: [{ l2_penalty: [0, 0.1] }, { l2_penalty: [0.1], dropout: [0.5] }]\n";
  assertEquals(cellsOf(text, { only: ["l2_penalty=0.1"] }), ["l2_penalty=0.1"]);
  assertEquals(cellsOf(text, { only: ["l2_penalty>=0.1"] }), [
    "l2_penalty=0.1",
    "l2_penalty=0.1 dropout=0.5",
  ]);
});

Deno.test("--set takes a key out of zips, samples and conditional blocks", () => {
  const text = `
grid:
  - zip: { steps: [1, 2], dropout: [0.1, 0.2] }
  - sample: { count: 2 }
    dropout: { uniform: [0, 0.5] }
  - optimizer: [sgd, adam]
    conditional: { when: optimizer=adam, beta1: [0.8, 0.9] }
exclude: dropout=0.2
`;
  assertEquals(cellsOf(text, { set: ["dropout=0", "beta1=0.7"] }), [
    "steps=1",
    "steps=2",
    "fixed",
    "optimizer=adam",
  ]);
  assertEquals(cellsOf(text, { set: ["dropout=0", "steps=7", "optimizer=adam"] }), [
    "fixed",
    "beta1=0.8",
  ]);
});
