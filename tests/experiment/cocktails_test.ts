import { assert, assertEquals } from "@std/assert";
import { parse } from "yaml";
import { baselineCell } from "../../src/experiment/experiment.ts";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { readTables } from "../../src/experiment/read_experiment.ts";
import { STUDIES } from "../peers/studies.ts";
import { openFirst } from "./_open_first.ts";

const FOLDER = `${import.meta.dirname}/../../experiments/cocktails/`;
const fileOf = (name: string) => `${FOLDER}${name}.yaml`;

/** What a search draws, by key: one of several values, or numbers between two ends. */
type Drawn = Record<string, { readonly choice?: readonly unknown[] } & Record<string, unknown>>;

/** A block that is searched, or a conditional one in it. */
type Block = { conditional?: Block | Block[] } & Record<string, unknown>;

/** The keys that a block and what is conditional in it draw. */
function drawnIn({ sample: _, when: __, conditional = [], ...drawn }: Block): Drawn {
  const inner = [conditional].flat().map(drawnIn);
  return Object.assign(drawn, ...inner);
}

/** What a file samples, and what it draws. */
function searchedIn(name: string) {
  const { grid } = parse(Deno.readTextFileSync(fileOf(name)));
  return { sample: grid[1].sample, drawn: drawnIn(grid[1]) };
}

Deno.test("experiments/cocktails/ holds the files of the study", () => {
  const names = [...STUDIES.values()].flatMap(({ single, cocktail }) => [single, cocktail]);
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name);
  assertEquals(files.sort(), names.map((name) => `${name}.yaml`).sort());
});

for (const [form, { single, cocktail, points }] of STUDIES) {
  Deno.test(`the ${form} study gives both questions the same tables and training`, async () => {
    const [one, other] = await Promise.all([single, cocktail].map(async (name) => {
      const { experiment } = await openFirst(fileOf(name));
      assertEquals(experiment.collection, `cocktails-${name}`);
      assert(experiment.description.endsWith("?"), "it asks a question");
      const { trainer, config } = baselineCell(experiment);
      for (const row of experiment.trainers.named(trainer).hyperparameters) {
        if (row.regularizer) assertEquals(config[row.key], row.default, `${row.key} of ${name}`);
      }
      return { tables: readTables(fileOf(name))?.tables, config, seeds: experiment.seeds };
    }));
    assertEquals(other, one);
    const { steps, schedule_period: period, evaluate_every: evaluateEvery } = one.config;
    assertEquals([steps, evaluateEvery], [7 * Number(period), steps], "cosines end with the run");
  });

  Deno.test(`the ${form} study mixes the strengths that single regularizers have`, async () => {
    const { sample, drawn } = searchedIn(cocktail);
    assertEquals(sample.count, points);
    const { experiment } = await openFirst(fileOf(single));
    assertEquals(experiment.cells.length, points + 1, "as many, and no regularization");
    const { config } = baselineCell(experiment);
    assertEquals(drawn.averaging_start.choice, ["none", 0.75 * Number(config.steps)]);
    for (const { name, config: own } of experiment.cells) {
      for (const [key, { choice, uniform, log_uniform: logUniform }] of Object.entries(drawn)) {
        const [low, high] = (uniform ?? logUniform ?? []) as number[];
        const value = Number(own[key]);
        const isMixed = choice ? choice.includes(own[key]) : low <= value && value <= high;
        assert(own[key] === config[key] || isMixed, `${name}: no cocktail has its ${key}`);
      }
    }
  });
}

Deno.test("the reduced study draws cocktails as the whole one", () => {
  const [whole, reduced] = [...STUDIES.values()].map(({ cocktail }) => searchedIn(cocktail).drawn);
  assertEquals(
    { ...reduced, averaging_start: null },
    { ...whole, averaging_start: null },
  );
});

Deno.test("the study has a dozen tables or more, each of at least 300 rows", async () => {
  const file = fileOf("single");
  const tables = readTables(file)?.tables ?? [];
  assert(tables.length >= 12);
  for (const table of tables) {
    const { experiment, dataset } = await openExperiment(file, { table });
    assertEquals(experiment.task, "classification", table);
    assert(dataset && dataset.rows >= 300, table);
  }
});
