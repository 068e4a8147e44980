import { assertEquals } from "@std/assert";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { rejects, START } from "./_rejects.ts";

const GRID = "grid: { l2_penalty: [0, 1] }\n";
const UNTIL = "seeds: { from: 5, to: 40, until: decided }\n";

Deno.test("parseExperiment() reads seeds until cells are decided", () => {
  const read = (seeds: string) => parseExperiment(START + GRID + seeds, "e.yaml");
  const { seeds, looks } = read(UNTIL);
  assertEquals([seeds.length, seeds[0], seeds[39]], [40, 1, 40]);
  assertEquals(looks, [5, 10, 20, 40]);
  const later = read("seeds: { from: 2, to: 3, until: decided, first: 7 }\n");
  assertEquals([later.seeds, later.looks], [[7, 8, 9], [2, 3]]);
  assertEquals(read("seeds: 3\n").looks, undefined);
});

Deno.test("parseExperiment() allows seeds until decided where all seeds share the rows", () => {
  const text = `name: e
dataset: { path: d.csv, target: y, split: { time: day } }
${GRID}${UNTIL}`;
  assertEquals(parseExperiment(text, "e.yaml").looks, [5, 10, 20, 40]);
});

Deno.test("parseExperiment() gives a single cell to train, whose seeds go on until others are decided", () => {
  const overrides = { only: ["l2_penalty=1"], mayLackBaseline: true };
  const { cells } = parseExperiment(START + GRID + UNTIL, "e.yaml", overrides);
  assertEquals(cells.map(({ name }) => name), ["l2_penalty=1"]);
});

rejects(
  "numbers of seeds that cannot be",
  `${START}${GRID}seeds: { from: 1, to: many, until: decided, first: -1 }`,
  `e.yaml:4:16: Cannot use from 1: from must be an integer in [2, 1000000]
  4 | seeds: { from: 1, to: many, until: decided, first: -1 }
    |                ^
e.yaml:4:23: Cannot use to many: to must be an integer in [3, 1000000]
  4 | seeds: { from: 1, to: many, until: decided, first: -1 }
    |                       ^^^^
e.yaml:4:52: Cannot use first -1: first must be an integer in [0, 9007199254740991]
  4 | seeds: { from: 1, to: many, until: decided, first: -1 }
    |                                                    ^^`,
);

rejects(
  "as many seeds at least as at most",
  `${START}${GRID}seeds: { from: 5, to: 5, until: decided }`,
  `e.yaml:4:23: Cannot use to 5: to must be more than from, which is 5
  4 | seeds: { from: 5, to: 5, until: decided }
    |                       ^`,
);

rejects(
  "seeds that do not say until when, or until something else",
  `${START}${GRID}seeds: { from: 5, too: 40, until: settled }`,
  `e.yaml:4:8: Missing key "to"
  4 | seeds: { from: 5, too: 40, until: settled }
    |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
e.yaml:4:19: Unknown key "too"
  4 | seeds: { from: 5, too: 40, until: settled }
    |                   ^^^ did you mean "to"?
e.yaml:4:35: Cannot use until settled: until must be decided
  4 | seeds: { from: 5, too: 40, until: settled }
    |                                   ^^^^^^^`,
);

rejects(
  "seeds until decided beside successive_halving",
  `${START}${GRID}${UNTIL}successive_halving: { min_steps: 50 }`,
  `e.yaml:4:27: Cannot use until with successive_halving
  4 | seeds: { from: 5, to: 40, until: decided }
    |                           ^^^^^ on line 5`,
);

rejects(
  "seeds until a single cell is decided",
  `${START}${UNTIL}`,
  `e.yaml:3:27: Cannot use until decided: there is a single cell, and nothing to compare it with
  3 | seeds: { from: 5, to: 40, until: decided }
    |                           ^^^^^ seeds can be a number or a list`,
);

rejects(
  "--seeds in place of seeds until decided",
  `${START}${GRID}${UNTIL}`,
  "Cannot use --seeds 5: the experiment's seeds go on until its cells are decided " +
    "(change from and to in the file)",
  { seeds: "5" },
);

rejects(
  "seeds until decided as an option",
  `${START}${GRID}`,
  "Cannot use --seeds { from: 5, to: 40, until: decided }: write how many seeds, or seeds " +
    "separated by commas (only the file can say until when cells get more)",
  { seeds: "{ from: 5, to: 40, until: decided }" },
);

rejects(
  "a first seed after which some are too large",
  `${START}trainer: notebook\ngrid: { learning_rate: [0.1, 0.2] }\nseeds: { from: 2, to: 3, until: decided, first: 4294967294 }`,
  `e.yaml:5:49: Cannot use seed 4294967296: a seed must be an integer in [0, 4294967295]
  5 | seeds: { from: 2, to: 3, until: decided, first: 4294967294 }
    |                                                 ^^^^^^^^^^`,
);
