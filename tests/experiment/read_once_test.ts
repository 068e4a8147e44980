import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Columns } from "../../src/experiment/cells/columns.ts";
import type { WrittenExperiment } from "../../src/experiment/experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { readExperiment } from "../../src/experiment/read_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { UserError } from "../../src/user_error.ts";
import { YAML_BUILD } from "../../src/yaml.ts";
import { withFiles } from "./_with_files.ts";

const { Composer }: typeof import("yaml") = await import(YAML_BUILD);

const TEXT = `# Why we ask.
name: e
dataset: { path: d.csv, target: y }
fixed: { momentum: 0.5 }
grid:
  - l1_penalty: [0, 0.1]
    conditional: { when: l1_penalty>0, dropout: [0, 0.5] }
  - l2_penalty: [0.1, 0.2] # two
exclude: l2_penalty=0.2
seeds: 2
baseline: { l1_penalty: 0 }
`;

const FILES = {
  "d.csv": "",
  "e.yaml": TEXT,
  "v.yaml": "extends: e.yaml\nname: v\nfixed: { momentum: 0 }\n",
  "w.yaml": "extends: v.yaml\nname: w\nseeds: 3\n",
};

interface Counts {
  /** Names of the files read, in order. */
  reads: string[];
  /** YAML texts that were parsed, files and options. */
  parses: number;
  expansions: number;
}

/** Reads an experiment and its text to keep, and counts what that takes. */
async function count(
  file: string,
  overrides: ExperimentChanges = {},
  files: Readonly<Record<string, string>> = FILES,
): Promise<Counts & { experiment: WrittenExperiment; text: string }> {
  const { openSync } = Deno;
  const { compose } = Composer.prototype;
  const { identify } = Columns.prototype;
  const counts: Counts = { reads: [], parses: 0, expansions: 0 };
  Deno.openSync = (path, options) => {
    counts.reads.push(String(path).split("/").at(-1) ?? "");
    return openSync(path, options);
  };
  Composer.prototype.compose = function (...inputs) {
    counts.parses++;
    return compose.apply(this, inputs);
  };
  Columns.prototype.identify = function () {
    counts.expansions++;
    identify.apply(this);
  };
  try {
    let found: { experiment: WrittenExperiment; text: string } | undefined;
    await withFiles(files, async (folder) => {
      const experiment = await readExperiment(`${folder}/${file}`, overrides);
      found = { experiment, text: textToKeep(experiment, `${folder}/reports/e`) };
    });
    if (!found) throw new Error("no experiment");
    return { ...counts, ...found };
  } finally {
    Deno.openSync = openSync;
    Composer.prototype.compose = compose;
    Columns.prototype.identify = identify;
  }
}

async function counts(file: string, overrides?: ExperimentChanges): Promise<unknown[]> {
  const { reads, parses, expansions } = await count(file, overrides);
  return [reads, parses, expansions];
}

Deno.test("readExperiment() reads, parses and expands once, the text to keep included", async () => {
  assertEquals(await counts("e.yaml"), [["e.yaml"], 1, 1]);
});

Deno.test("readExperiment() parses each option once, and expands once with it", async () => {
  assertEquals(await counts("e.yaml", { set: ["steps=5"] }), [["e.yaml"], 2, 1]);
  assertEquals(await counts("e.yaml", { set: ["momentum=0.7", "steps=5"] }), [["e.yaml"], 3, 1]);
  assertEquals(await counts("e.yaml", { seeds: "3,5" }), [["e.yaml"], 2, 1]);
  // Patterns are not YAML; without the baseline, too.
  assertEquals(await counts("e.yaml", { only: ["l1_penalty=0"] }), [["e.yaml"], 1, 1]);
  assertEquals(await counts("e.yaml", { only: ["dropout=0.5"], mayLackBaseline: true }), [
    ["e.yaml"],
    1,
    1,
  ]);
});

Deno.test("readExperiment() reads and parses each extended file once", async () => {
  assertEquals(await counts("v.yaml"), [["v.yaml", "e.yaml"], 2, 1]);
  const all = ["w.yaml", "v.yaml", "e.yaml"];
  assertEquals(await counts("w.yaml", { set: ["steps=5"], seeds: "1" }), [all, 5, 1]);
});

Deno.test("readExperiment() expands again only to find out what an override leaves idle", async () => {
  const { parses, expansions, experiment, text } = await count("e.yaml", {
    set: ["l1_penalty=0"],
  });
  // With the option, without it, and with the option but without the conditional block.
  assertEquals([parses, expansions], [2, 3]);
  // A block that is left with nothing to sweep is still a cell.
  assertEquals(experiment.cells.map(({ name }) => name), ["fixed", "l2_penalty=0.1"]);
  assertEquals(
    text,
    `# Why we ask.
name: e
dataset: { path: ../../d.csv, target: y }
fixed: { momentum: 0.5, l1_penalty: 0 }
grid:
  - {}
  - l2_penalty: [ 0.1, 0.2 ] # two
exclude: l2_penalty=0.2
seeds: 2
baseline: { l1_penalty: 0 }
`,
  );
});

Deno.test("readExperiment() leaves out idle blocks beside one that is not", async () => {
  const grid = `grid:
  prune_threshold: [0, 0.5]
  steps: [5, 10]
  conditional:
    - { when: prune_threshold>0, prune_period: [50, 200] }
    - { when: prune_threshold=0.5, init: [he, glorot] }
    - { when: steps>5, dropout: [0, 0.5] }
    - { when: prune_threshold>0.4 steps<6, momentum: [0, 0.9] }
`;
  const files = { ...FILES, "e.yaml": `name: e\ndataset: { path: d.csv, target: y }\n${grid}` };
  const { experiment, text } = await count("e.yaml", { set: ["prune_threshold=0"] }, files);
  assertEquals(experiment.cells.map(({ name }) => name), [
    "steps=5",
    "steps=10 dropout=0",
    "steps=10 dropout=0.5",
  ]);
  assertStringIncludes(
    text,
    "  conditional:\n    - { when: steps>5, dropout: [ 0, 0.5 ] }\nfixed:\n",
  );
});

Deno.test("readExperiment() leaves out what idle blocks leave empty", async () => {
  const START = "name: e\ndataset: { path: d.csv, target: y }\n";
  const inner = "{ when: l1_penalty>0 dropout>0, momentum: [0, 0.9] }";
  const texts = {
    [`${START}grid: { conditional: { when: dropout=0, l1_penalty: [0, 1] } }\n`]: ["all"],
    [
      `${START}grid: { init: [he], conditional: { when: init=he, conditional: ${inner} } }
fixed: { l1_penalty: 1, dropout: 0.1 }\n`
    ]: ["init=he"],
  };
  for (const [text, names] of Object.entries(texts)) {
    const files = { ...FILES, "e.yaml": text };
    const set = ["dropout=" + (names[0] === "all" ? 0.5 : 0)];
    const { experiment, text: kept } = await count("e.yaml", { set }, files);
    assertEquals(experiment.cells.map(({ name }) => name), names);
    assertEquals(kept.includes("conditional"), false);
  }
});

Deno.test("readExperiment() reports the file's own idle pattern, whatever is overridden", async () => {
  const files = { ...FILES, "e.yaml": TEXT.replace("l2_penalty=0.2", "l2_penalty=0.3") };
  for (const overrides of [{}, { set: ["steps=5"] }, { only: ["l1_penalty=0"] }, { seeds: "1" }]) {
    await assertRejects(
      () => count("e.yaml", overrides, files),
      UserError,
      "Cannot use exclude l2_penalty=0.3: it matches no cell",
    );
  }
});

Deno.test("textToKeep() is what was read, even if the files change later", async () => {
  await withFiles(FILES, async (folder) => {
    const experiment = await readExperiment(`${folder}/v.yaml`, { set: ["steps=7"] });
    for (const name of ["v.yaml", "e.yaml"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "name: other\nfixed: { steps: 999 }\n");
    }
    assertEquals(
      textToKeep(experiment, `${folder}/reports/v`),
      `name: v
fixed: { momentum: 0, steps: 7 }
dataset: { path: ../../d.csv, target: y }
grid:
  - l1_penalty: [ 0, 0.1 ]
    conditional: { when: l1_penalty>0, dropout: [ 0, 0.5 ] }
  - l2_penalty: [ 0.1, 0.2 ] # two
exclude: l2_penalty=0.2
seeds: 2
baseline: { l1_penalty: 0 }
`,
    );
  });
});

Deno.test("textToKeep() leaves out a baseline that --only leaves out, where that is allowed", async () => {
  const only = ["dropout=0.5"];
  const without = await count("e.yaml", { only, mayLackBaseline: true });
  assertEquals(without.text.includes("baseline"), false);
  assertEquals(without.experiment.baseline, 0);
  // Beside an exclusion that the override leaves idle, too.
  const idle = await count("e.yaml", { set: ["l2_penalty=0.3"], only, mayLackBaseline: true });
  assertEquals([idle.text.includes("baseline"), idle.text.includes("exclude")], [false, false]);
  assertEquals(idle.experiment.cells.map(({ name }) => name), ["l1_penalty=0.1 dropout=0.5"]);
  const within = await count("e.yaml", { only: ["dropout=0.5", "l1_penalty=0"] });
  assertEquals(within.text.includes("baseline: { l1_penalty: 0 }"), true);
  assertEquals(within.experiment.baseline, 0);
});
