import { assertEquals, assertRejects } from "@std/assert";
import type { WrittenExperiment } from "../../../src/experiment/experiment.ts";
import { readExperiment } from "../../../src/experiment/read_experiment.ts";
import { textToKeep } from "../../../src/experiment/text_to_keep.ts";
import { formatProblems, UserError } from "../../../src/user_error.ts";
import { parseOnDataset } from "../../_on_dataset.ts";
import { withFiles } from "../_with_files.ts";

type Files = Readonly<Record<string, string>>;

const BASE = `name: base
description: The question of the base
dataset: { path: data/d.csv, target: y, standardize: feature }
fixed: { steps: 50, momentum: 0.5 }
grid:
  - { l2_penalty: [0, 0.1], learning_rate: [0.1, 0.2] }
  - { dropout: [0, 0.5] }
exclude: l2_penalty=0.1 learning_rate=0.2
seeds: 3
baseline: { l2_penalty: 0, learning_rate: 0.1 }
metric: validation_loss
tags: [base]
notes: About the base
`;

/** Does work in a folder with some files, and with the base and an empty dataset for it. */
async function withBase(files: Files, work: (folder: string) => Promise<void>): Promise<void> {
  const common = { "data/": "", "variants/": "", "data/d.csv": "", "base.yaml": BASE };
  await withFiles({ ...common, ...files }, work);
}

/** Tests what a file in `variants` that extends the base says. */
async function variant(text: string, test: (experiment: WrittenExperiment) => void): Promise<void> {
  const files = { "variants/v.yaml": `extends: ../base.yaml\nname: v\n${text}` };
  await withBase(files, async (folder) => {
    const file = `${folder}/variants/v.yaml`;
    const experiment = await readExperiment(file);
    assertEquals(experiment.outline.extends, [`${folder}/base.yaml`]);
    assertEquals(experiment.dataset?.path, `${folder}/data/d.csv`);
    test(experiment);
    // What a sweep keeps is the same experiment, and extends nothing.
    const kept = textToKeep(experiment, `${folder}/reports/v`);
    const again = parseOnDataset(kept, `${folder}/reports/v/experiment.yaml`);
    assertEquals(again.dataset.path, experiment.dataset?.path);
    assertEquals(again.outline.extends, []);
    assertEquals([...again.cells], [...experiment.cells]);
    assertEquals([again.seeds, again.baseline], [experiment.seeds, experiment.baseline]);
  });
}

function namesOf({ cells }: WrittenExperiment): string[] {
  return cells.map(({ name }) => name);
}

Deno.test("extends takes over what a file does not say, but for what is about the file itself", () =>
  variant("seeds: [7]\n", (experiment) => {
    assertEquals([experiment.name, experiment.description], ["v", ""]);
    assertEquals([experiment.tags, experiment.notes], [undefined, undefined]);
    assertEquals([experiment.seeds, experiment.metric], [[7], "validation_loss"]);
    assertEquals(experiment.dataset?.standardize, "feature");
    assertEquals(namesOf(experiment), [
      "l2_penalty=0 learning_rate=0.1",
      "l2_penalty=0 learning_rate=0.2",
      "l2_penalty=0.1 learning_rate=0.1",
      "dropout=0.5",
    ]);
  }));

Deno.test("extends merges dataset and fixed key by key", () =>
  variant("dataset: { standardize: none }\nfixed: { steps: 9, init: glorot }\n", (experiment) => {
    const { target, standardize } = experiment.dataset ?? {};
    assertEquals([target, standardize], ["y", "none"]);
    assertEquals(experiment.fixed, { steps: 9, init: "glorot", momentum: 0.5 });
  }));

Deno.test("extends: what a file fixes is no longer swept, and its baseline has it", () =>
  variant("fixed: { learning_rate: 0.4 }\nexclude: dropout=0.5\n", (experiment) => {
    assertEquals(namesOf(experiment), ["l2_penalty=0", "l2_penalty=0.1"]);
    assertEquals(experiment.baseline, 0);
  }));

Deno.test("extends: a grid replaces all that is about the base's, and what it fixes", () =>
  variant("grid: { momentum: [0, 0.9] }\n", (experiment) => {
    assertEquals(namesOf(experiment), ["momentum=0", "momentum=0.9"]);
    assertEquals(experiment.fixed, { steps: 50 });
    assertEquals([experiment.outline.exclude, experiment.baseline], [[], 0]);
  }));

Deno.test("extends goes on from file to file", () =>
  withBase({
    "variants/a.yaml": "extends: ../base.yaml\nname: a\nfixed: { steps: 7 }\n",
    "variants/b.yaml": "extends: a.yaml\nname: b\nfixed: { momentum: 0 }\n",
  }, async (folder) => {
    const { fixed, outline } = await readExperiment(`${folder}/variants/b.yaml`, { seeds: "1" });
    assertEquals(fixed, { momentum: 0, steps: 7 });
    assertEquals(outline.extends, [`${folder}/variants/a.yaml`, `${folder}/base.yaml`]);
  }));

/** Tests that reading `e.yaml` fails with these problems. */
function rejects(what: string, files: Files, problems: string): void {
  Deno.test(`readExperiment() rejects ${what}`, () =>
    withBase(files, async (folder) => {
      const error = await assertRejects(() => readExperiment(`${folder}/e.yaml`), UserError);
      assertEquals(formatProblems(error.problems).replaceAll(folder, "FOLDER"), problems);
    }));
}

rejects(
  "an extended file that is not there",
  { "e.yaml": "extends: bse.yaml\nname: e\n" },
  `FOLDER/e.yaml:1:10: Cannot find FOLDER/bse.yaml
  1 | extends: bse.yaml
    |          ^^^^^^^^ did you mean FOLDER/base.yaml?`,
);

rejects(
  "an extended file that is none",
  { "e.yaml": "extends: data\nname: e\n" },
  `FOLDER/e.yaml:1:10: Cannot read FOLDER/data: it is a folder, not a file
  1 | extends: data
    |          ^^^^`,
);

rejects(
  "an extended file without an end",
  { "e.yaml": "extends: /dev/zero\nname: e\n" },
  `FOLDER/e.yaml:1:10: Cannot read /dev/zero: it is a device, not a file
  1 | extends: /dev/zero
    |          ^^^^^^^^^`,
);

rejects(
  "files that extend each other",
  { "e.yaml": "name: e\nextends: f.yaml\n", "f.yaml": "name: f\nextends: ./e.yaml\n" },
  `FOLDER/f.yaml:2:10: Cannot extend ./e.yaml: it extends this file in turn
  2 | extends: ./e.yaml
    |          ^^^^^^^^`,
);

rejects(
  "an extended file that is no mapping",
  { "e.yaml": "name: e\nextends: data/d.csv\n" },
  `FOLDER/e.yaml:2:10: Cannot extend data/d.csv: it is not a mapping
  2 | extends: data/d.csv
    |          ^^^^^^^^^^`,
);

rejects(
  "what is no path",
  { "e.yaml": "name: e\nextends: [base.yaml]\n" },
  `FOLDER/e.yaml: Missing key "dataset"
FOLDER/e.yaml:2:10: Cannot use extends [base.yaml]: extends must be the path of an experiment file
  2 | extends: [base.yaml]
    |          ^^^^^^^^^^^`,
);

rejects(
  "mistakes, each in the file that it is in",
  {
    "base.yaml": BASE.replace("steps: 50", "stpes: 50").replace("metric", "metrik"),
    "e.yaml": "name: e\nextends: base.yaml\nfixed: { momentum: 2 }\nexclude: dropout=0.7\n",
  },
  `FOLDER/e.yaml:3:20: Cannot use momentum 2: momentum must be in [0, 1)
  3 | fixed: { momentum: 2 }
    |                    ^
FOLDER/base.yaml:4:10: Unknown hyperparameter "stpes"
  4 | fixed: { stpes: 50, momentum: 0.5 }
    |          ^^^^^ did you mean "steps"?
FOLDER/base.yaml:11:1: Unknown key "metrik"
  11 | metrik: validation_loss
     | ^^^^^^ did you mean "metric"?`,
);

rejects(
  "patterns of the base that match nothing any more",
  { "e.yaml": "name: e\nextends: base.yaml\nfixed: { l2_penalty: 0 }\n" },
  `FOLDER/base.yaml:8:10: Cannot use exclude l2_penalty=0.1 learning_rate=0.2: it matches no cell
  8 | exclude: l2_penalty=0.1 learning_rate=0.2
    |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ l2_penalty is 0`,
);
