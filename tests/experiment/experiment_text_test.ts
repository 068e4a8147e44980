import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { experimentText } from "../../src/experiment/experiment_text.ts";
import type { Overrides } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { UserError } from "../../src/user_error.ts";
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

Deno.test("experimentText() changes the path and keeps the rest, comments too", () => {
  assertEquals(
    experimentText(TEXT, {}, "../../data/d.csv"),
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

Deno.test("experimentText() makes what is set fixed, out of the grid, and the baseline's", () => {
  const overrides = { set: ["l1_penalty=0.5", "steps=7", "hidden=[8, 8]"], seeds: "3, 5" };
  assertEquals(
    experimentText(TEXT, overrides),
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

Deno.test("experimentText() drops a grid that nothing is left of", () => {
  const text = `${START}grid: { dropout: [0, 0.5] }\n`;
  assertEquals(
    experimentText(text, { set: ["dropout=0.5"] }),
    `${START}fixed:\n  dropout: 0.5\n`,
  );
});

Deno.test("experimentText() does not fold long lines", () => {
  const text = `${START}description: ${"word ".repeat(60)}end\nseeds: [${"1, ".repeat(99)}1]\n`;
  assertEquals(experimentText(text).split("\n").length, text.split("\n").length);
});

Deno.test("experimentText() gives the same cells", () => {
  fc.assert(fc.property(experimentTexts, (text) => {
    const { dataset, cells, ...experiment } = parseExperiment(text, "experiments/e.yaml");
    const written = experimentText(text, {}, "../../../data/d.csv");
    const { dataset: moved, ...copy } = parseExperiment(written, "experiments/e.yaml");
    assertEquals({ ...copy, cells: [...copy.cells] }, { ...experiment, cells: [...cells] });
    assertEquals(dataset.path, "data/d.csv");
    assertEquals(moved, { ...dataset, path: "../../data/d.csv" });
  }));
});

Deno.test("experimentText() gives the cells that the overrides give", () => {
  const overrides: fc.Arbitrary<Overrides> = fc.record({
    set: fc.subarray(["l2_penalty=0.25", "momentum=0", "dropout=[0.5, 0.1]", "init=he", "steps=3"]),
    seeds: fc.constantFrom(undefined, "3", "8,2"),
  });
  fc.assert(fc.property(experimentTexts, overrides, (text, overrides) => {
    const experiment = parseExperiment(text, "e.yaml", overrides);
    const copy = parseExperiment(experimentText(text, overrides), "e.yaml");
    assertEquals({ ...copy, cells: [...copy.cells] }, {
      ...experiment,
      cells: [...experiment.cells],
    });
    for (const set of overrides.set ?? []) {
      const [key] = set.split("=");
      assert(!experiment.sweptKeys.includes(key));
      assert(Object.hasOwn(experiment.fixed, key));
    }
  }));
});

Deno.test("experimentText() is a fixed point of itself", () => {
  fc.assert(fc.property(experimentTexts, (text) => {
    const written = experimentText(text, { set: ["momentum=0.5"] });
    assertEquals(experimentText(written, { set: ["momentum=0.5"] }), written);
  }));
});

Deno.test("experimentText() rejects what the trainer does not know", () => {
  assertThrows(
    () => experimentText(TEXT, { set: ["drop=1"] }),
    UserError,
    "Unknown hyperparameter",
  );
});
