import { assert, assertEquals } from "@std/assert";
import { join, normalize } from "node:path";
import type { Experiment } from "../../src/experiment/experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { UserError } from "../../src/user_error.ts";
import { assertLinear } from "../_assert_linear.ts";
import { Dice } from "../_dice.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { mebibytesTaken } from "../_memory.ts";
import { processorSeconds } from "../_processor_seconds.ts";
import { leaveTallies } from "../_tally.ts";
import { makeUp, mutate, reshape } from "./_fuzz_texts.ts";

/** Without `--all`, each token and value that is put into texts is in some ten of them. */
const INPUTS = Deno.args.includes("--all") ? 10_000 : 1500;
const SEED = "experiments";
/** What the heap may grow by: a million cells take about a hundred. */
const MOST_MEBIBYTES = 512;
/** Share of the experiments that are written and read again, and the most cells that they may have. */
const REWRITTEN = 0.1;
const MOST_CELLS = 200;
/** The most bytes that an experiment may have. */
const MOST_BYTES = 1 << 17;

let [fuzzed, rejected, crashes, slowestSeconds] = [0, 0, 0, 0];

const FOLDER = new URL("../../experiments/", import.meta.url);
const SHIPPED = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort()
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => Deno.readTextFileSync(new URL(name, FOLDER)));

/** Experiments that have every word of the grammar between them. */
const GRAMMAR = [
  `name: e
dataset: { path: d.csv, target: y }
grid:
  - {}
  - sample: { count: 8, method: sobol, seed: 3 }
    l2_penalty: { log_uniform: [1.0e-5, 1.0e-1] }
    init: [he, glorot]
    hidden: { choice: [[32], [64, 64]] }
  - prune_threshold: [0, 0.5, 1]
    zip: [{ steps: [5, 10, 20], learning_rate: [0.4, 0.2, 0.1] }]
    conditional:
      - when: prune_threshold>0
        prune_period: [50, 200]
      - when: { prune_period: 200 }
        dropout: [0.1]
exclude: [{ prune_threshold: 1, prune_period: [50, 70] }, "prune_threshold=0.5 steps<10"]
only: ["fixed", init=he, { dropout: "!= 0.3" }]
successive_halving: { metric: validation_loss, min_steps: 50, eta: 4 }
baseline: { prune_threshold: 0, l2_penalty: 0 }
`,
  `name: e
dataset: { path: d.csv, target: y }
fixed: { learning_rate: 0.5, max_steps: 9, hidden: [4] }
grid:
  - trainer: [mlp, notebook]
    init_scale: [0.1, 0.2]
    conditional:
      - { when: { trainer: mlp }, dropout: [0, 0.2], sample: { count: 3 }, l1_penalty: { uniform: [0, 1] } }
      - { when: trainer=notebook, lambda_l1: [0, 2] }
  - { prune_period: [7], trainer: notebook }
seeds: [1]
exclude: { init_scale: "> 0.15", dropout: 0.2 }
baseline: { trainer: mlp, dropout: 0 }
`,
  `name: e
dataset: { path: d.csv, target: y }
grid:
  hidden: [[4], [4, 4]]
  dropout: [0.5, [0.1], [0.1, 0.2]]
  steps: { linear: [1, 9], count: 3 }
  conditional: { when: { hidden: [[4]] }, conditional: { when: steps>4, activation: [relu, tanh] }, momentum: [0, 0.5] }
exclude:
  - { hidden: [4], dropout: [[0.1, 0.2]] }
  - { hidden: [4, 4], dropout: [[0.1]] }
only: [steps<5, steps=9]
`,
];

/** Reads a text and counts it; whatever is wrong with how it is answered is thrown. */
function answer(name: string, text: string, check: () => boolean): void {
  fuzzed++;
  const before = mebibytesTaken();
  const started = processorSeconds();
  try {
    if (!check()) rejected++;
  } catch (cause) {
    crashes++;
    throw new Error(`${name}:\n${text.slice(0, 5000)}`, { cause });
  }
  const seconds = processorSeconds() - started;
  slowestSeconds = Math.max(slowestSeconds, seconds);
  assert(seconds < HANG_SECONDS, `${name} takes ${seconds} s`);
  const mebibytes = mebibytesTaken() - before;
  assert(mebibytes < MOST_MEBIBYTES, `${name} takes ${mebibytes} MiB`);
}

Deno.test(`parseExperiment() answers ${INPUTS} made-up texts`, () => {
  for (let number = 0; number < INPUTS; number++) {
    const dice = new Dice(SEED, number);
    const text = textOf(dice);
    answer(`${SEED}/${number}`, text, () => isTaken(text, dice));
  }
  const taken = fuzzed - rejected;
  assert(taken > INPUTS / 20 && rejected > INPUTS / 20, `${taken} of ${fuzzed} are taken`);
});

const START = "name: e\ndataset: { path: d.csv, target: y }\n";
const [letters] = ["abcdefghijklmnopqrstuvwxyz"];

/** Every line has ten times the one before it. */
const bomb = [...letters].map((letter, index) => {
  return `${letter}: &${letter} [${`*${letters[index - 1]}, `.repeat(index && 10)}x]`;
}).join("\n");

function numbered(text: (number: number) => string, count: number): string {
  return Array.from({ length: count }, (_, number) => text(number)).join(", ");
}

/** Texts that are as long as may be, and of one kind: how many there are of it, and the text of so many. */
const LONG: Readonly<Record<string, readonly [number, (count: number) => string]>> = {
  "merges of merges": [
    10_000,
    (count) => `${START}a: &a { steps: 1 }\nb: { ${"<<: *a, ".repeat(count)} }`,
  ],
  "a list in a list, and so on": [MOST_BYTES, (count) => `${START}grid: ${"[".repeat(count)}`],
  "a mapping in a mapping, and so on": [
    MOST_BYTES / 5,
    (count) => `${START}fixed: ${"{ a: ".repeat(count)}`,
  ],
  "conditional blocks in each other": [
    3000,
    (count) =>
      `${START}grid: { dropout: [0], conditional: ${
        "{ when: dropout=0, conditional: ".repeat(count)
      }`,
  ],
  "a digit after the other": [MOST_BYTES, (count) => `${START}seeds: ${"1".repeat(count)}`],
  "a name without an end": [MOST_BYTES, (count) => `name: ${"e".repeat(count)}`],
  "a key without an end": [MOST_BYTES, (count) => `${START}${"k".repeat(count)}: 1`],
  "many keys": [10_000, (count) => `${START}fixed: { ${numbered((n) => `k${n}: 1`, count)} }`],
  "one key many times": [
    10_000,
    (count) => `${START}fixed: { ${numbered(() => "steps: 1", count)} }`,
  ],
  "many values": [20_000, (count) => `${START}grid: { l2_penalty: [${numbered(String, count)}] }`],
  "many wrong values": [
    30_000,
    (count) => `${START}grid: { dropout: [${numbered(() => "7", count)}] }`,
  ],
  "many seeds": [18_000, (count) => `${START}seeds: [${numbered(String, count)}]`],
  "many blocks that sweep nothing": [
    30_000,
    (count) => `${START}grid: [${numbered(() => "{}", count)}]`,
  ],
  "many blocks": [
    6000,
    (count) => `${START}grid: [${numbered((n) => `{ steps: [${n}] }`, count)}]`,
  ],
  "many patterns": [
    10_000,
    (count) => `${START}grid: { steps: [1, 2] }\nexclude: [${numbered(() => "steps=1", count)}]`,
  ],
  "many comparisons": [
    16_000,
    (count) => `${START}grid: { steps: [1, 2] }\nexclude: ${"steps>1 ".repeat(count)}`,
  ],
  "many quotes": [MOST_BYTES, (count) => `${START}description: ${'"'.repeat(count)}`],
  "many documents": [MOST_BYTES / 4, (count) => "---\n".repeat(count)],
  "many comments": [MOST_BYTES / 4, (count) => "# \n".repeat(count)],
  "nothing but NUL": [MOST_BYTES, (count) => "\0".repeat(count)],
};

/** Texts that are small, and stand for a lot; and the long ones. */
const LARGE: Readonly<Record<string, string>> = {
  "aliases of aliases": bomb,
  "indented more and more": `${START}a:\n${numbered((n) => `\n${" ".repeat(n)}a:`, 480)}`,
  "a range of a billion": `${START}grid: { steps: { linear: [1, 9], count: 1000000000 } }`,
  "a sample of a billion":
    `${START}grid: { sample: { count: 1000000000 }, steps: { integer: [1, 9] } }`,
  "a product of a billion billions": `${START}grid: { ${
    numbered((n) =>
      `${["l1_penalty", "l2_penalty", "dropout"][n]}: { linear: [0, 0.9], count: 1000000 }`, 3)
  } }`,
  "zips of a billion": `${START}grid: { zip: [${
    numbered((n) => `{ ${["l1_penalty", "dropout"][n]}: { linear: [0, 0.9], count: 100000 } }`, 2)
  }] }`,
  "conditional blocks that multiply":
    `${START}grid: { dropout: { linear: [0, 0.9], count: 1000 }, conditional: [${
      numbered(
        (n) =>
          `{ when: dropout>0, ${
            ["l1_penalty", "l2_penalty"][n]
          }: { linear: [0, 1], count: 1000 } }`,
        2,
      )
    }] }`,
  "a billion seeds": `${START}seeds: 1000000000`,
  "a million runs": `${START}grid: { l2_penalty: { linear: [0, 1], count: 1000 } }\nseeds: 1000`,
  "as many blocks as may be": `${START}grid: [${
    numbered((n) => `{ l2_penalty: { log: [1, ${n + 2}], count: 9 } }`, 900)
  }]`,
  ...Object.fromEntries(
    Object.entries(LONG).map(([name, [count, text]]) => [name, text(count)]),
  ),
};

for (const [name, text] of Object.entries(LARGE)) {
  Deno.test(`parseExperiment() answers ${name}`, () => {
    answer(name, text, () => parse(text) !== undefined);
  });
}

for (const [name, [count, text]] of Object.entries(LONG)) {
  Deno.test(
    `parseExperiment() takes time in proportion to the text: ${name}`,
    () => {
      const texts = new Map([count / 4, count].map((size) => [size, text(size)]));
      return assertLinear(count, (size) => parse(texts.get(size) ?? ""));
    },
  );
}

Deno.test.afterAll(async () => {
  const kind = "experiment YAML";
  await leaveTallies("experiments", {
    inputs: [{ kind, fuzzed, rejected, crashes, slowestSeconds }],
  });
});

function textOf(dice: Dice): string {
  const kind = dice.below(5);
  if (kind === 0) return makeUp(dice);
  const bases = dice.happens(0.5) ? GRAMMAR : SHIPPED;
  return kind < 3 ? reshape(dice.one(bases), dice) : mutate(dice.one(bases), dice);
}

/** Whether a text is an experiment; throws if it is treated as nothing should be. */
function isTaken(text: string, dice: Dice): boolean {
  const experiment = parse(text);
  if (!experiment) return false;
  const { name, cells } = experiment;
  assertEquals(normalize(join("reports", name)), `reports/${name}`);
  assert(!name.includes("/") && name !== "store");
  if (cells.length > MOST_CELLS || !dice.happens(REWRITTEN)) return true;
  const names = cells.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  assertEquals(cellsOf(parse(textToKeep(experiment, "."))), cellsOf(experiment));
  const set = ["dropout=0.25", "steps=3", "l1_penalty=0", "init=he", "hidden=[4]"];
  const only = dice.happens(0.5) ? [dice.one(names)] : [];
  checkOverrides(text, { set: [dice.one(set)], only });
  return true;
}

/** What an experiment is with overrides, the text that is kept of it is. */
function checkOverrides(text: string, overrides: ExperimentChanges): void {
  const experiment = parse(text, overrides);
  if (experiment) {
    assertEquals(cellsOf(parse(textToKeep(experiment, "."))), cellsOf(experiment));
  }
}

/** An experiment, or nothing if the text is rejected as it should be. */
function parse(text: string, overrides?: ExperimentChanges): Experiment | undefined {
  try {
    return parseExperiment(text, "e.yaml", overrides);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { message, place } of error.problems) {
      assert(place?.file !== undefined || /^There are \d+ more problems$/.test(message), message);
    }
    return undefined;
  }
}

function cellsOf(experiment?: Experiment): string {
  return JSON.stringify(experiment && [...experiment.cells]);
}
