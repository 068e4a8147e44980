import { assertEquals, assertThrows } from "@std/assert";
import {
  type ExperimentChanges,
  formatOverrides,
  parseOverrides,
} from "../../src/experiment/overrides.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";
import { parseOnDataset } from "../_on_dataset.ts";
import { START } from "./_rejects.ts";

const SWEEP = `${START}
fixed: { steps: 100 }
grid:
  - l1_penalty: [0, 0.1]
  - l2_penalty: [0.1, 0.2]
baseline: { l1_penalty: 0 }
`;

function problemsOf(overrides: ExperimentChanges, text = SWEEP): string {
  const error = assertThrows(() => parseOnDataset(text, "e.yaml", overrides), UserError);
  return formatProblems(error.problems);
}

Deno.test("parseOverrides() reads values as YAML", () => {
  const set = [
    ...["hidden=[64, 64]", "dropout = 0.5", "activation=tanh", "l1_penalty=1e-4"],
    "standardize=robust",
  ];
  assertEquals(parseOverrides({ set }, BUILT_IN, ["mlp"]), {
    fixed: { hidden: [64, 64], dropout: 0.5, activation: "tanh", l1_penalty: 1e-4 },
    preparation: { standardize: "robust" },
    only: [],
    seeds: undefined,
    name: undefined,
    dataset: undefined,
    test: undefined,
  });
});

Deno.test("parseOverrides() reads a number of seeds, or seeds between commas", () => {
  const seedsOf = (seeds: string) => parseOverrides({ seeds }, BUILT_IN, ["mlp"]).seeds;
  assertEquals(seedsOf("3"), 3);
  assertEquals(seedsOf("3,5, 8"), [3, 5, 8]);
  assertEquals(seedsOf("7,"), [7]);
});

Deno.test("parseOverrides() hints at how to write seeds", () => {
  const cases = {
    "1-5": "5 means the seeds 1 to 5",
    "1..20": "20 means the seeds 1 to 20",
    "3:5": "a range is not read; list its seeds: 3,4,5",
    "0-3": "a range is not read; list its seeds: 0,1,2,3",
    "1,4-6": "a range is not read; list its seeds: 4,5,6",
    "11-100": "a range is not read; list its seeds: 11,12,13,14,15,16,17,18,…",
    "5-1": "a range is not read; list its seeds",
    "010": "did you mean 10?",
    "3,07": "did you mean 7?",
    "1_000": "did you mean 1000?",
    "1'000": "did you mean 1000?",
    "1,000": "did you mean 1000?",
  };
  for (const [seeds, hint] of Object.entries(cases)) {
    assertEquals(
      problemsOf({ seeds }),
      `Cannot use --seeds ${seeds}: write how many seeds, or seeds separated by commas (${hint})`,
    );
  }
});

Deno.test("parseOverrides() lets the last of several values count", () => {
  assertEquals(parseOverrides({ set: ["steps=1", "steps=2"] }, BUILT_IN, ["mlp"]).fixed, {
    steps: 2,
  });
});

Deno.test("formatOverrides() writes the options as they are typed", () => {
  assertEquals(formatOverrides({}), "");
  const overrides = { set: ["steps=1", "hidden=[64, 64]"], seeds: "3,5" };
  assertEquals(formatOverrides(overrides), "--set steps=1 --set hidden=[64, 64] --seeds 3,5");
});

Deno.test("parseExperiment() with overrides sets a hyperparameter in every cell", () => {
  const { cells, fixed, baseline, sweptKeys } = parseOnDataset(SWEEP, "e.yaml", {
    set: ["l1_penalty=0.1", "steps=7"],
  });
  assertEquals(cells.map(({ name }) => name), ["fixed", "l2_penalty=0.1", "l2_penalty=0.2"]);
  assertEquals(
    cells.map(({ config }) => [config.l1_penalty, config.steps]),
    Array(3).fill([0.1, 7]),
  );
  assertEquals(fixed, { steps: 7, l1_penalty: 0.1 });
  assertEquals(baseline, 0);
  assertEquals(sweptKeys, ["l2_penalty"]);
});

Deno.test("parseExperiment() with overrides drops the duplicates that they make", () => {
  const text = `${START}grid: { l1_penalty: [0, 0.1, 0.2], dropout: [0, 0.5] }\n`;
  const { cells, duplicates } = parseOnDataset(text, "e.yaml", { set: ["l1_penalty=0.3"] });
  assertEquals(cells.map(({ name }) => name), ["dropout=0", "dropout=0.5"]);
  assertEquals(duplicates, 0);
  const union = `${START}grid: [{ dropout: [0], l1_penalty: [0] }, { dropout: [0, 0.5] }]\n`;
  assertEquals(parseOnDataset(union, "e.yaml", { set: ["l1_penalty=0"] }).duplicates, 1);
});

Deno.test("parseExperiment() with overrides runs other seeds", () => {
  assertEquals(parseOnDataset(SWEEP, "e.yaml", { seeds: "2" }).seeds, [1, 2]);
  assertEquals(parseOnDataset(SWEEP, "e.yaml", { seeds: "9,4" }).seeds, [9, 4]);
});

Deno.test("parseExperiment() with no overrides is parseOnDataset()", () => {
  const { cells, document, places: _, ...experiment } = parseOnDataset(SWEEP, "e.yaml", {
    set: [],
  });
  const { cells: same, document: written, places: __, ...rest } = parseOnDataset(SWEEP, "e.yaml");
  assertEquals([experiment, [...cells]], [rest, [...same]]);
  assertEquals(document.toString(), written.toString());
});

Deno.test("parseExperiment() rejects wrong overrides, all of them at once", () => {
  const set = [
    "drop_out=0.5",
    "dropout=1.5",
    "steps",
    "hidden=64",
    "init=",
    "l1_penalty='0'",
    "a: b=[",
  ];
  assertEquals(
    problemsOf({ set, seeds: "3,3" }),
    `--set drop_out=0.5: Unknown hyperparameter "drop_out" (did you mean "dropout"?)
--set dropout=1.5: Cannot use dropout 1.5: dropout must be in [0, 1)
Cannot use --set steps: write it as --set key=value
--set hidden=64: Cannot use hidden 64: hidden must be a list of values, each an integer in [1, 65536] (write [64])
--set init=: Cannot use init without a value: init must be he, glorot or normal
--set l1_penalty='0': Cannot use l1_penalty '0': l1_penalty must be a number of at least 0 (write 0 without quotes)
--set a: b=[: Cannot read YAML: Flow sequence in block collection must be sufficiently indented and end with a ]
--seeds 3,3: Cannot use seeds 3: seeds must not repeat`,
  );
});

Deno.test("parseExperiment() rejects seeds that are none", () => {
  const must = "seeds must be an integer in [1, 1000000], or a list of seeds";
  assertEquals(problemsOf({ seeds: "0" }), `--seeds 0: Cannot use seeds 0: ${must}`);
  assertEquals(problemsOf({ seeds: "" }), `--seeds : Cannot use seeds without a value: ${must}`);
  assertEquals(problemsOf({ seeds: "few" }), `--seeds few: Cannot use seeds few: ${must}`);
});

Deno.test("parseExperiment() says which override makes an experiment wrong", () => {
  const text = `${START}fixed: { dropout: [0.1, 0.2] }\n`;
  assertEquals(
    problemsOf({ set: ["hidden=[64]"] }, text),
    `e.yaml with --set hidden=[64]:3:19: Cannot use dropout [0.1, 0.2]: dropout must have one value per hidden layer, and hidden is [64]
  3 | fixed: { dropout: [ 0.1, 0.2 ], hidden: [ 64 ] }
    |                   ^^^^^^^^^^^^`,
  );
});

Deno.test("parseExperiment() tells what is wrong with the file before the overrides", () => {
  assertEquals(
    problemsOf({ set: ["drop_out=1"] }, `${START}seed: 3\n`),
    `e.yaml:3:1: Unknown key "seed"
  3 | seed: 3
    | ^^^^ did you mean "seeds"?`,
  );
});

Deno.test("parseExperiment() with overrides has another name and another dataset", () => {
  const overrides = { name: "another", dataset: "elsewhere/d.csv" };
  const experiment = parseOnDataset(SWEEP, "folder/e.yaml", overrides);
  assertEquals([experiment.name, experiment.dataset.path], ["another", "elsewhere/d.csv"]);
  assertEquals(experiment.document.get("name"), "another");
  assertEquals(parseOnDataset(SWEEP, "e.yaml", { name: "7" }).name, "7");
  assertEquals(
    problemsOf({ name: "../up" }),
    '--name ../up: Cannot use name "../up": name must be 1 to 100 letters, digits, dots, ' +
      "underscores and hyphens, not begin with a dot or hyphen, and not end with a dot",
  );
});
