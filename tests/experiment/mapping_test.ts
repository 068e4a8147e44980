import { assertEquals } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { rejects, START } from "./_rejects.ts";

function namesOf(text: string, overrides?: ExperimentChanges): string[] {
  return parseExperiment(START + text, "e.yaml", overrides).cells.map(({ name }) => name);
}

function weightsOf(text: string, overrides?: ExperimentChanges) {
  return parseExperiment(START + text, "e.yaml", overrides).cells
    .map(({ config }) => config.class_weight);
}

Deno.test("a mapping is read as its canonical text, whatever order and quotes it has", () => {
  const texts = {
    "{ spam: 5, ham: 1 }": "{ham: 1, spam: 5}",
    "{ ham: 1.0, 'spam': 5e0 }": "{ham: 1, spam: 5}",
    "'{spam: 5,ham: 1}'": "{ham: 1, spam: 5}",
    '{ 1: 2, "<=50K": 0.5, "a, b": 3 }': '{1: 2, "<=50K": 0.5, "a, b": 3}',
    "{ log: 1, count: 2 }": "{count: 2, log: 1}",
    "{ __proto__: 2, constructor: 3 }": "{__proto__: 2, constructor: 3}",
    "'{__proto__: 2}'": "{__proto__: 2}",
    "balanced": "balanced",
  };
  for (const [text, canonical] of Object.entries(texts)) {
    assertEquals(weightsOf(`fixed: { class_weight: ${text} }\n`), [canonical]);
    assertEquals(weightsOf(`grid: { class_weight: ${text} }\n`), [canonical]);
  }
});

Deno.test("mappings are swept beside words, and those that are equal are one cell", () => {
  const grid = "grid:\n  class_weight: [none, { b: 2, a: 1 }, '{a: 1, b: 2}', balanced]\n";
  assertEquals(namesOf(grid), [
    "class_weight=none",
    "class_weight={a: 1, b: 2}",
    "class_weight=balanced",
  ]);
  const drawn = `grid:
  class_weight: { choice: [none, { a: 1, b: 2 }] }
  dropout: { uniform: [0, 0.5] }
  sample: { count: 8, seed: 3 }
`;
  assertEquals(new Set(weightsOf(drawn)), new Set(["none", "{a: 1, b: 2}"]));
});

Deno.test("patterns and the baseline name mappings", () => {
  const grid = `grid:
  class_weight: [none, { a: 1, b: 2 }, { "}": 3 }]
  l2_penalty: [0, 1]
`;
  const heavy = [
    "class_weight={a: 1, b: 2} l2_penalty=0",
    "class_weight={a: 1, b: 2} l2_penalty=1",
  ];
  assertEquals(namesOf(`${grid}only: { class_weight: { b: 2, a: 1 } }\n`), heavy);
  assertEquals(namesOf(`${grid}only: "class_weight={b: 2, a: 1}"\n`), heavy);
  assertEquals(namesOf(grid, { only: [heavy[1]] }), [heavy[1]]);
  assertEquals(namesOf(grid, { only: ['class_weight={"}": 3} l2_penalty>0'] }), [
    'class_weight={"}": 3} l2_penalty=1',
  ]);
  assertEquals(namesOf(`${grid}exclude: "class_weight!=none"\n`), [
    "class_weight=none l2_penalty=0",
    "class_weight=none l2_penalty=1",
  ]);
  const baseline = "baseline: { class_weight: { b: 2, a: 1 }, l2_penalty: 1 }\n";
  assertEquals(parseExperiment(START + grid + baseline, "e.yaml").baseline, 3);
});

Deno.test("a mapping can be set, and the kept experiment reads as the same", () => {
  const grid = "grid: { class_weight: [none, balanced] }\n";
  const set = ["class_weight={spam: 5, ham: 1}"];
  const experiment = parseExperiment(START + grid, "e.yaml", { set });
  assertEquals(experiment.fixed, { class_weight: "{ham: 1, spam: 5}" });
  const again = parseExperiment(textToKeep(experiment, "."), "e.yaml");
  assertEquals(again.fixed, experiment.fixed);
  assertEquals(
    again.cells.map(({ config }) => config),
    experiment.cells.map(({ config }) => config),
  );
});

rejects(
  "what is no mapping from names to numbers",
  `${START}grid:
  class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
`,
  `e.yaml:4:18: Cannot use class_weight balancd: class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                  ^^^^^^^ did you mean "balanced"?
e.yaml:4:27: Cannot use class_weight 2: class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                           ^
e.yaml:4:30: Cannot use class_weight [a, b]: class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                              ^^^^^^
e.yaml:4:38: Cannot use class_weight {}: class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                                      ^^
e.yaml:4:47: Cannot use a 0: class_weight must be in (0, 1000000]
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                                               ^
e.yaml:4:57: Cannot use a x: class_weight must be a number in (0, 1000000]
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                                                         ^
e.yaml:4:62: Cannot use class_weight "{a: 0}": class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                                                              ^^^^^^^^
e.yaml:4:72: Cannot use class_weight "{a}": class_weight must be none, balanced or a number in (0, 1000000] for each class, such as {a: 1, b: 5}
  4 |   class_weight: [balancd, 2, [a, b], {}, { a: 0 }, { a: x }, "{a: 0}", "{a}"]
    |                                                                        ^^^^^`,
);

rejects(
  "an order of mappings",
  `${START}grid: { class_weight: [none, balanced] }
only: "class_weight>1"
`,
  `e.yaml:4:7: Cannot use only "class_weight>1": > compares numbers, not words
  4 | only: "class_weight>1"
    |       ^^^^^^^^^^^^^^^^`,
);
