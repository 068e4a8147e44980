import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseWritten } from "../../src/experiment/parse_experiment.ts";
import { splitProblems } from "../../src/experiment/schema/check_split.ts";
import { settleExperiment } from "../../src/experiment/settle_experiment.ts";
import { settleSplit } from "../../src/experiment/settle_split.ts";
import type { Mapping } from "../../src/experiment/source/mapping.ts";
import { parseYaml } from "../../src/experiment/source/parse_yaml.ts";
import { textToKeep } from "../../src/experiment/text_to_keep.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { parseOnDataset } from "../_on_dataset.ts";

/** An experiment whose dataset says this of its split, on a table of classes. */
function settled(split: string, task: "classification" | "regression" = "classification") {
  const text = `name: e\ndataset:\n  path: d.csv\n  target: y\n  split: ${split}\n`;
  return settleExperiment(parseWritten(text, "e.yaml"), { task });
}

function problemsOf(work: () => unknown): string {
  return formatProblems(assertThrows(work, UserError).problems);
}

Deno.test("a split is stratified where there are classes, if not said", () => {
  const { split } = settled("{ resplit: false }").dataset;
  assertEquals(split, {
    train: 0.6,
    validation: 0.2,
    test: 0.2,
    resplit: false,
    stratify: true,
  });
  assertEquals(settled("{}", "regression").dataset.split.stratify, undefined);
});

Deno.test("stratify: false is what the first version did, and absent", () => {
  const { split } = settled("{ stratify: false }").dataset;
  assertEquals(split, { train: 0.6, validation: 0.2, test: 0.2, resplit: true });
  const unsaid = parseOnDataset("name: e\ndataset: { path: d.csv, target: y }\n", "e.yaml");
  assertEquals(unsaid.dataset.split, split);
});

Deno.test("stratify needs classes", () => {
  assertEquals(
    problemsOf(() => settled("{ stratify: true }", "regression")),
    `\
e.yaml:5:3: Cannot use stratify: the target is a quantity, which has no classes
  5 |   split: { stratify: true }
    |   ^^^^^`,
  );
});

Deno.test("a trainer that draws rows its own way is never stratified", () => {
  const text = "name: e\ntrainer: notebook\ndataset: { path: d.csv, target: y }\n";
  const { dataset } = settleExperiment(parseWritten(text, "e.yaml"), { task: "classification" });
  assertEquals(dataset.split.stratify, undefined);
});

Deno.test("textToKeep() states that a split is stratified, so that it stays so", () => {
  const kept = textToKeep(settled("{ resplit: false }"), ".");
  assertStringIncludes(kept, "split: { resplit: false, stratify: true }");
  const { dataset } = parseOnDataset(kept, "e.yaml");
  assertEquals(dataset.split, settled("{ resplit: false }").dataset.split);
});

Deno.test("folds leave only the test fraction free, and each run validates on one", () => {
  const { split } = settled("{ folds: 4, test: 0.2 }").dataset;
  assertEquals(split, {
    train: 0.8 * 3 / 4,
    validation: 0.8 / 4,
    test: 0.2,
    resplit: true,
    folds: 4,
    stratify: true,
  });
});

Deno.test("rows in order of time are the same for all seeds, and not stratified", () => {
  const { split } = settled("{ time: day }").dataset;
  assertEquals(split, { train: 0.6, validation: 0.2, test: 0.2, resplit: false, time: "day" });
});

Deno.test("a column of parts leaves nothing else to say", () => {
  const { split } = settled("{ column: set, resplit: false, stratify: false }").dataset;
  assertEquals(split, { train: 0, validation: 0, test: 0, resplit: false, column: "set" });
});

Deno.test("textToKeep() keeps a split of groups and folds as it is", () => {
  const experiment = settled("{ folds: 4, group: patient }");
  const { dataset } = parseOnDataset(textToKeep(experiment, "."), "e.yaml");
  assertEquals(dataset.split, experiment.dataset.split);
});

const COLUMN = "column says which part each row is in";
const TIME = "time orders the rows, in the same way for all seeds";
const FOLD = "with folds, each run validates on one of them and trains on the others";

/** What does not go together, and why. */
const CONFLICTS: readonly [split: string, refused: Readonly<Record<string, string>>][] = [
  ["{ column: set, train: 0.6, validation: 0.2, test: 0.2 }", {
    "train 0.6": COLUMN,
    "validation 0.2": COLUMN,
    "test 0.2": COLUMN,
  }],
  ["{ column: set, folds: 3, group: g }", { "folds 3": COLUMN, "group g": COLUMN }],
  ["{ column: set, resplit: true, stratify: true }", {
    "resplit true": COLUMN,
    "stratify true": COLUMN,
  }],
  ["{ time: t, group: g, resplit: true, stratify: true }", {
    "group g": TIME,
    "resplit true": TIME,
    "stratify true": TIME,
  }],
  ["{ folds: 3, train: 0.6, validation: 0.2, test: 0.2 }", {
    "train 0.6": FOLD,
    "validation 0.2": FOLD,
  }],
  ["{ folds: 3, resplit: false }", {
    "resplit false": "with folds, each seed deals the rows anew",
  }],
];

for (const [split, refused] of CONFLICTS) {
  Deno.test(`split: ${split} does not go together`, () => {
    const { problems } = assertThrows(() => settled(split), UserError);
    assertEquals(
      problems.map(({ message }) => message),
      Object.entries(refused).map(([value, reason]) => `Cannot use ${value}: ${reason}`),
    );
    for (const { place } of problems) assertEquals(place?.line, 5);
  });
}

Deno.test("split says what goes together", () => {
  const right = [
    "{ folds: 3, time: t }",
    "{ folds: 3, time: t, resplit: false }",
    "{ folds: 3, group: g, stratify: true, test: 0 }",
    "{ group: g, train: 0.5, validation: 0.25, test: 0.25 }",
    "{ time: t, resplit: false, stratify: false }",
  ];
  for (const split of right) settled(split);
});

Deno.test("split refuses what is no number of folds, and no name of a column", () => {
  for (const folds of ["1", "2.5", "1001", "five"]) {
    assertStringIncludes(
      problemsOf(() => settled(`{ folds: ${folds} }`)),
      `Cannot use folds ${folds}: folds must be an integer in [2, 1000]`,
    );
  }
  for (const key of ["group", "time", "column"]) {
    assertStringIncludes(
      problemsOf(() => settled(`{ ${key}: [a] }`)),
      `Cannot use ${key} [a]: ${key} must be the name of a column`,
    );
  }
});

Deno.test("a trainer that draws its own rows has no folds or groups, even beside others", () => {
  const text = `\
name: e
dataset: { path: d.csv, target: y, split: { folds: 3, group: g } }
grid: [{ trainer: notebook, lambda_l1: [0, 1] }, { trainer: mlp, l1_penalty: [0, 1] }]
`;
  const { problems } = assertThrows(() => parseWritten(text, "e.yaml"), UserError);
  assertEquals(problems.map(({ message }) => message), [
    "Cannot use folds 3: trainer notebook draws rows its own way",
    "Cannot use group g: trainer notebook draws rows its own way",
  ]);
});

Deno.test("runs of folds count against the maximum", () => {
  const text = `\
name: e
dataset: { path: d.csv, target: y, split: { folds: 1000 } }
grid: { l1_penalty: [0, 1] }
seeds: 1000
`;
  assertStringIncludes(
    problemsOf(() => parseWritten(text, "e.yaml")),
    "Cannot use 2000000 runs: the maximum is 1000000",
  );
});

Deno.test("with a file of test rows, the others are split into training and validation", () => {
  const place = { file: "e.yaml" };
  const context = { task: "classification", hasTestFile: true, place } as const;
  assertEquals(settleSplit({}, context), {
    train: 0.75,
    validation: 0.25,
    test: 0,
    resplit: true,
    stratify: true,
  });
  const { test, validation, folds } = settleSplit({ folds: 5 }, context);
  assertEquals([test, validation, folds], [0, 1 / 5, 5]);
});

Deno.test("split.test does not go with a file of test rows, which need no fraction", () => {
  const problemsWith = (split: string) => {
    const text = `dataset: { test: t.csv, split: ${split} }\n`;
    const { source } = parseYaml(text, "e.yaml");
    assert(source);
    return splitProblems(source.value as Mapping, BUILT_IN, source).map(({ message }) => message);
  };
  assertEquals(problemsWith("{ train: 0.6, validation: 0.2, test: 0.2 }"), [
    "Cannot use test 0.2: the test rows are those of the dataset's test file",
  ]);
  assertEquals(problemsWith("{ train: 0.8, validation: 0.2 }"), []);
  assertEquals(problemsWith("{ train: 0.8, validation: 0.2, test: 0 }"), []);
  assertEquals(problemsWith("{ train: 0.8 }"), [
    "Cannot use split { train: 0.8 }: split must have all of its fractions: validation missing",
  ]);
});
