import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

interface Feature {
  /** What an experiment says beside its dataset. */
  readonly text: string;
  readonly options?: readonly string[];
  /** Lines of the plan, after the names that they stand behind. */
  readonly plan: readonly string[];
  /** The cells of cells.csv. */
  readonly cells: readonly string[];
}

const START = "fixed: { hidden: [4], steps: 3 }\nseeds: 2\n";

const FEATURES: Readonly<Record<string, Feature>> = {
  zip: {
    text: `grid:
  zip: { learning_rate: [0.1, 0.2], momentum: [0.9, 0] }
  dropout: [0, 0.5]
`,
    plan: ["grid     learning_rate with momentum (2) × dropout (2)"],
    cells: [
      "learning_rate=0.1 momentum=0.9 dropout=0",
      "learning_rate=0.1 momentum=0.9 dropout=0.5",
      "learning_rate=0.2 momentum=0 dropout=0",
      "learning_rate=0.2 momentum=0 dropout=0.5",
    ],
  },
  "conditional keys": {
    text: `grid:
  optimizer: [sgd, adam]
  conditional:
    - { when: { optimizer: adam }, beta1: [0.5, 0.8] }
`,
    plan: ["grid     optimizer (2); where optimizer=adam: beta1 (2)"],
    cells: ["optimizer=sgd", "optimizer=adam beta1=0.5", "optimizer=adam beta1=0.8"],
  },
  "conditional keys of a trainer": {
    text: `grid:
  trainer: [mlp, notebook]
  conditional:
    - { when: { trainer: mlp }, dropout: [0, 0.5] }
    - { when: { trainer: notebook }, max_steps: [4], lambda_l2: [0, 2] }
`,
    plan: [
      "grid     trainer (2); where trainer=mlp: dropout (2); " +
      "where trainer=notebook: max_steps=4, lambda_l2 (2)",
    ],
    cells: [
      "trainer=mlp dropout=0",
      "trainer=mlp dropout=0.5",
      "trainer=notebook max_steps=4 lambda_l2=0",
      "trainer=notebook max_steps=4 lambda_l2=2",
    ],
  },
  exclude: {
    text: `grid: { l2_penalty: [0, 0.1, 1], dropout: [0, 0.5] }
exclude:
  - { l2_penalty: "> 0", dropout: 0.5 }
  - l2_penalty=1
`,
    plan: ["exclude  l2_penalty>0 dropout=0.5: 2 cells", "         l2_penalty=1: 2 cells"],
    cells: ["l2_penalty=0 dropout=0", "l2_penalty=0 dropout=0.5", "l2_penalty=0.1 dropout=0"],
  },
  union: {
    text: "grid: [{ l2_penalty: [0, 0.1] }, { dropout: [0, 0.5] }]\n",
    plan: ["grid     l2_penalty (2)", "         dropout (2)", "cells    3, 1 duplicate dropped"],
    cells: ["l2_penalty=0", "l2_penalty=0.1", "dropout=0.5"],
  },
  sample: {
    text: `grid:
  sample: { count: 3, method: sobol, seed: 1 }
  l1_penalty: { log_uniform: [1.0e-6, 1.0e-2] }
  batch_size: { integer: [8, 12] }
`,
    plan: ["grid     3 sobol points of l1_penalty, batch_size (seed 1)"],
    cells: [
      "l1_penalty=0.00000281197 batch_size=12",
      "l1_penalty=0.000281197 batch_size=9",
      "l1_penalty=0.0000281197 batch_size=8",
    ],
  },
  "--only": {
    text: "grid: { l2_penalty: [0, 0.1, 1], dropout: [0, 0.5] }\nonly: dropout=0\n",
    options: ["--only", "l2_penalty=1 dropout=0.5", "--only", "l2_penalty<0.5 dropout>0"],
    plan: [
      "only     l2_penalty=1 dropout=0.5: 1 cell",
      "         l2_penalty<0.5 dropout>0: 2 cells",
    ],
    cells: [
      "l2_penalty=0 dropout=0.5",
      "l2_penalty=0.1 dropout=0.5",
      "l2_penalty=1 dropout=0.5",
    ],
  },
  "--set and --seeds": {
    text: "grid: { l2_penalty: [0, 0.1], dropout: [0, 0.5] }\n",
    options: ["--set", "dropout=0.25", "--seeds", "4,2"],
    plan: ["fixed    hidden=[4] steps=3 dropout=0.25", "seeds    4, 2", "runs     4: 0 known"],
    cells: ["l2_penalty=0", "l2_penalty=0.1"],
  },
};

for (const [name, { text, options = [], plan, cells }] of Object.entries(FEATURES)) {
  Deno.test(`${name}: what plan shows, sweep runs`, () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(START + text);
      const planned = await runTask("plan", file, "--reports", workspace.path("out"), ...options);
      assertEquals([planned.code, planned.stderr], [0, ""]);
      for (const line of plan) assertStringIncludes(planned.stdout, `\n${line}`);
      const folder = await workspace.sweep(file, "out", ...options);
      assertEquals(await cellsIn(folder), cells);
      for (const cell of cells) assertStringIncludes(planned.stdout, `\n${cell}  `);
      const again = await runHere(
        "plan",
        join(folder, "experiment.yaml"),
        "--reports",
        workspace.path("out"),
      );
      assertStringIncludes(again.stdout, "\ntime     none: every run is known\n");
    }));
}

Deno.test("extends: a variant shares the runs that it has in common with what it extends", () =>
  Workspace.use(async (workspace) => {
    const base = await workspace.experiment(`${START}grid: { l2_penalty: [0, 0.1] }\n`);
    await workspace.sweep(base, "out");
    const file = await workspace.write("v.yaml", "extends: points.yaml\nname: v\nseeds: 3\n");
    const reports = ["--reports", workspace.path("out")];
    const { stdout } = await runHere("plan", file, ...reports);
    assertStringIncludes(stdout, `\nextends  ${base}\nfixed    hidden=[4] steps=3\n`);
    assertStringIncludes(stdout, "\nruns     6: 4 known, 2 to train\n");
    await workspace.sweep(file, "out");
    assertEquals(await cellsIn(workspace.path("out", "v")), ["l2_penalty=0", "l2_penalty=0.1"]);
    const kept = await Deno.readTextFile(workspace.path("out", "v", "experiment.yaml"));
    assert(!kept.includes("extends"), kept);
  }));

Deno.test("--max-runs: a sweep trains no more, and asks before it trains very many", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(`${START}grid: { l2_penalty: [0, 0.1] }\n`);
    const reports = ["--reports", workspace.path("out")];
    const refused = await runTask("sweep", file, ...reports, "--max-runs", "3");
    assertEquals([refused.code, refused.stderr], [
      2,
      "Cannot sweep 4 runs: --max-runs is 3 (--max-runs 4 allows them)\n",
    ]);
    const many = await runHere("sweep", file, ...reports, "--seeds", "5001");
    assertEquals([many.code, many.stderr], [
      2,
      "Cannot sweep 10,002 runs: at most 10,000 are allowed without --max-runs " +
      "(--max-runs 10002 allows them)\n",
    ]);
    const { stdout } = await runHere("plan", file, ...reports, "--seeds", "5001");
    assertStringIncludes(stdout, "10,002 to train; a sweep of them takes --max-runs 10002\n");
    assertEquals([...Deno.readDirSync(workspace.folder)].length, 2);
    await workspace.sweep(file, "out", "--max-runs", "4");
  }));

async function cellsIn(folder: string): Promise<string[]> {
  const [head, ...rows] = parse(await Deno.readTextFile(join(folder, "cells.csv")));
  return rows.map((row) => row[head.indexOf("cell")]);
}
