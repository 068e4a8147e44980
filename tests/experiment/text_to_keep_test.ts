import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Experiment } from "../../src/experiment/experiment.ts";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { UserError } from "../../src/user_error.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { experimentTexts } from "./_experiment_texts.ts";
import { START } from "./_rejects.ts";

const TEXT = `# yaml-language-server: $schema=./experiment.schema.json
# Why we ask.
name: e
dataset:
  path: ../data/d.csv # the digits
  target: y
fixed: &fixed
  steps: 100 # enough
grid:
  - l1_penalty: [0, 1.0e-4]
  # stronger ones are hopeless
  - l2_penalty: { log: [1.0e-4, 1.0e-2], count: 3 }
    dropout: [0.5]
baseline: { <<: *fixed, l1_penalty: 0 }
`;

/** An experiment that can be compared. */
function plain({ document: _, places: __, cells, ...experiment }: Experiment) {
  return { ...experiment, cells: [...cells] };
}

/** The text to keep of an experiment in `experiments/`, where it stays unless told otherwise. */
function keptText(text: string, overrides: ExperimentChanges = {}, folder = "experiments"): string {
  return textToKeep(parseOnDataset(text, "experiments/e.yaml", overrides), folder);
}

Deno.test("textToKeep() changes the path and keeps the rest, comments too", () => {
  assertEquals(
    keptText(TEXT, {}, "reports/e"),
    `# Why we ask.
name: e
dataset:
  path: ../../data/d.csv # the digits
  target: y
fixed:
  steps: 100 # enough
grid:
  - l1_penalty: [ 0, 1e-4 ]
  # stronger ones are hopeless
  - l2_penalty: { log: [ 1e-4, 1e-2 ], count: 3 }
    dropout: [ 0.5 ]
baseline: { steps: 100, l1_penalty: 0 }
`,
  );
});

Deno.test("textToKeep() keeps a path that is absolute, so that the folder can be copied", () => {
  const text = "name: e\ndataset: { path: /data/d.csv, target: y }\n";
  assertEquals(keptText(text, {}, "reports/e"), text);
  const relativePath = "name: e\ndataset: { path: d.csv, target: y }\n";
  const experiment = parseOnDataset(relativePath, "/data/e.yaml");
  assertStringIncludes(textToKeep(experiment, "/data/reports/e"), "path: ../../d.csv");
});

Deno.test("textToKeep() makes what is set fixed, out of the grid, and the baseline's", () => {
  const overrides = { set: ["l1_penalty=0.5", "steps=7", "hidden=[8, 8]"], seeds: "3, 5" };
  assertEquals(
    keptText(TEXT, overrides),
    `# Why we ask.
name: e
dataset:
  path: ../data/d.csv # the digits
  target: y
fixed:
  steps: 7
  l1_penalty: 0.5
  hidden: [ 8, 8 ]
grid:
  - {}
  # stronger ones are hopeless
  - l2_penalty: { log: [ 1e-4, 1e-2 ], count: 3 }
    dropout: [ 0.5 ]
baseline: { steps: 7, l1_penalty: 0.5 }
seeds: [ 3, 5 ]
`,
  );
});

Deno.test("textToKeep() drops a grid that nothing is left of", () => {
  const text = `${START}grid: { dropout: [0, 0.5] }\n`;
  assertEquals(
    keptText(text, { set: ["dropout=0.5"] }),
    `${START}fixed:\n  dropout: 0.5\n`,
  );
});

Deno.test("textToKeep() does not fold long lines", () => {
  const text = `${START}description: ${"word ".repeat(60)}end\nseeds: [${
    Array(100).keys().toArray()
  }]\n`;
  assertEquals(keptText(text).split("\n").length, text.split("\n").length);
});

Deno.test("textToKeep() gives the same cells", () => {
  fc.assert(fc.property(experimentTexts, (text) => {
    const experiment = parseOnDataset(text, "experiments/e.yaml");
    const copy = parseOnDataset(textToKeep(experiment, "reports/a/e"), "experiments/e.yaml");
    const { dataset, ...rest } = plain(experiment);
    const { dataset: moved, ...same } = plain(copy);
    assertEquals(same, rest);
    assertEquals(dataset?.path, "data/d.csv");
    assertEquals(moved, { ...dataset, path: "../../data/d.csv" });
  }));
});

Deno.test("textToKeep() gives the cells that the overrides give", () => {
  const overrides: fc.Arbitrary<ExperimentChanges> = fc.record({
    set: fc.subarray(["l2_penalty=0.25", "momentum=0", "dropout=[0.5, 0.1]", "init=he", "steps=3"]),
    seeds: fc.constantFrom(undefined, "3", "8,2"),
  });
  fc.assert(fc.property(experimentTexts, overrides, (text, overrides) => {
    const experiment = parseOnDataset(text, "e.yaml", overrides);
    const copy = parseOnDataset(textToKeep(experiment, "."), "e.yaml");
    assertEquals(plain(copy), plain(experiment));
    for (const set of overrides.set ?? []) {
      const [key] = set.split("=");
      assert(!experiment.sweptKeys.includes(key));
      assert(Object.hasOwn(experiment.fixed, key));
    }
  }));
});

Deno.test("textToKeep() is a fixed point of itself", () => {
  fc.assert(fc.property(experimentTexts, (text) => {
    const written = keptText(text, { set: ["momentum=0.5"] });
    assertEquals(keptText(written, { set: ["momentum=0.5"] }), written);
  }));
});

Deno.test("textToKeep() rejects what the trainer does not know", () => {
  assertThrows(
    () => keptText(TEXT, { set: ["drop=1"] }),
    UserError,
    "Unknown hyperparameter",
  );
});

Deno.test("textToKeep() leaves the budget out, which changes no result", () => {
  const kept = keptText(`${TEXT}# until lunch\nbudget: 30m\n`);
  assertEquals(kept, keptText(TEXT));
});
