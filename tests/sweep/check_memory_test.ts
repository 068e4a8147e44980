import { assertEquals, assertRejects } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { parseExperiment } from "../../src/experiment/parse_experiment.ts";
import { checkMemory } from "../../src/sweep/check_memory.ts";
import { formatProblems, UserError } from "../../src/user_error.ts";

const DIGITS = { trainRows: 1079, validationRows: 359, testRows: 359, columns: 64, classes: 10 };
const START = "name: e\ndataset: { path: d.csv, target: y }\n";

interface Case {
  readonly text: string;
  readonly overrides?: ExperimentChanges;
  readonly shape?: Partial<typeof DIGITS>;
  readonly problems: string;
}

const CASES: Readonly<Record<string, Case>> = {
  "a fixed network": {
    text: "fixed: { hidden: [65536, 65536] }\n",
    problems:
      `e.yaml:3:18: Cannot use hidden [65536, 65536]: a run would need 81.2 GiB of memory, and can have at most 4 GiB
  3 | fixed: { hidden: [65536, 65536] }
    |                  ^^^^^^^^^^^^^^`,
  },
  "swept networks, each once": {
    text: `grid:
  hidden: [[8], [40000, 40000], [65536, 65536]]
  l2_penalty: [0, 1]
  dropout: [0, 0.5]
`,
    problems:
      `e.yaml:4:17: Cannot use hidden [40000, 40000]: a run would need 30.6 GiB of memory, and can have at most 4 GiB
  4 |   hidden: [[8], [40000, 40000], [65536, 65536]]
    |                 ^^^^^^^^^^^^^^
e.yaml:4:33: Cannot use hidden [65536, 65536]: a run would need 81.2 GiB of memory, and can have at most 4 GiB
  4 |   hidden: [[8], [40000, 40000], [65536, 65536]]
    |                                 ^^^^^^^^^^^^^^`,
  },
  "a network of the command line": {
    text: "grid: { hidden: [[8], [16]] }\nseeds: 2\n",
    overrides: { set: ["hidden=[65536, 65536]"] },
    problems:
      `e.yaml with --set hidden=[65536, 65536]:5:11: Cannot use hidden [65536, 65536]: a run would need 81.2 GiB of memory, and can have at most 4 GiB
  5 |   hidden: [ 65536, 65536 ]
    |           ^^^^^^^^^^^^^^^^`,
  },
  "a wide network on many columns": {
    text: "fixed: { hidden: [10000] }\n",
    shape: { columns: 30_000 },
    problems:
      `e.yaml:3:18: Cannot use hidden [10000]: a run would need 5.9 GiB of memory, and can have at most 4 GiB
  3 | fixed: { hidden: [10000] }
    |                  ^^^^^^^`,
  },
  "a batch of too many rows": {
    text: "fixed: { batch_size: 5000000 }\n",
    shape: { trainRows: 6_000_000, columns: 4 },
    problems:
      `e.yaml:3:22: Cannot use batch_size 5000000: a run would need 10.3 GiB of memory, and can have at most 4 GiB
  3 | fixed: { batch_size: 5000000 }
    |                      ^^^^^^^`,
  },
  "the default batch of all rows": {
    text: "",
    shape: { trainRows: 6_000_000, columns: 4 },
    problems:
      `e.yaml: Cannot use batch_size all: a run would need 12.2 GiB of memory, and can have at most 4 GiB`,
  },
  "a dataset that is too large": {
    text: "fixed: { batch_size: 32 }\n",
    shape: { trainRows: 6_000_000, columns: 200 },
    problems:
      `e.yaml:2:18: Cannot use dataset d.csv with trainer mlp: a run would need 4.6 GiB of memory, and can have at most 4 GiB
  2 | dataset: { path: d.csv, target: y }
    |                  ^^^^^`,
  },
  "a dataset that is too large for the notebook": {
    text: "trainer: notebook\n",
    shape: { trainRows: 6_000_000 },
    problems:
      `e.yaml:2:18: Cannot use dataset d.csv with trainer notebook: a run would need 9.3 GiB of memory, and can have at most 4 GiB
  2 | dataset: { path: d.csv, target: y }
    |                  ^^^^^`,
  },
};

for (const [what, { text, overrides, shape, problems }] of Object.entries(CASES)) {
  Deno.test(`checkMemory() refuses ${what}`, async () => {
    const experiment = parseExperiment(START + text, "e.yaml", overrides);
    const error = await assertRejects(
      () => checkMemory(experiment, { ...DIGITS, ...shape }),
      UserError,
    );
    assertEquals(formatProblems(error.problems), problems);
    assertEquals(error.exitCode, 2);
  });
}

Deno.test("checkMemory() allows what fits, and looks only at the cells that it is given", async () => {
  const text = `${START}grid: { hidden: [[256, 256], [65536, 65536]] }\n`;
  const experiment = parseExperiment(text, "e.yaml");
  await checkMemory(experiment, DIGITS, [...experiment.cells].slice(0, 1));
  await checkMemory(parseExperiment(START, "e.yaml"), DIGITS);
});
