import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [8], steps: 50 }
grid: [{ l2_penalty: [0, 0.01] }, { dropout: [0, 0.3] }]
seeds: 3
`;

Deno.test("plan: shows cells, runs, known runs and time, and writes nothing", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const reports = ["--reports", workspace.path("out")];
    const { code, stdout, stderr } = await runTask("plan", file, ...reports, "--workers", "2");
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "points.csv: 90 rows, 4 features, 3 classes\n");
    assertStringIncludes(stdout, "cells    3, 1 duplicate dropped\n");
    assertStringIncludes(stdout, "runs     9: 0 known, 9 to train\n");
    assert(
      /\ntime +(about [0-9.]+ s|less than 1 s) with 2 workers, by a short measurement\n/.test(
        stdout,
      ),
      stdout,
    );
    assertStringIncludes(
      stdout,
      "\nscores   at most 9 runs on the test rows, trained once more, since their\n" +
        "           models are not kept: less than 1 s\n",
    );
    assertStringIncludes(
      stdout,
      "\nshows    differences of at least 6.7 standard deviations between seeds, with\n" +
        "           80% power (3 seeds, 2 comparisons)\n" +
        "         few settings differ that much; 6 seeds would show differences of 3\n" +
        "           standard deviations, fewer cells alone would not\n",
    );
    assertEquals(
      stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("dataset")),
      [],
    );
    assertStringIncludes(stdout, "\nl2_penalty=0       0/3  baseline\n");
    assertEquals([...Deno.readDirSync(workspace.folder)].length, 2);

    await workspace.sweep(file, "out", "--seeds", "2");
    const half = await runHere("plan", file, ...reports);
    assertStringIncludes(half.stdout, "runs     9: 6 known, 3 to train\n");
    assertStringIncludes(half.stdout, ", by the time that the known runs took\n");
    assertStringIncludes(half.stdout, "\ndropout=0.3        2/3\n");

    await workspace.sweep(file, "out");
    const whole = await runHere("plan", file, ...reports);
    assertStringIncludes(whole.stdout, "\ntime     none: every run is known\n");
  }));

Deno.test("plan: says which cells are the same run, and refuses runs that are too large", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(`
grid: { optimizer: [sgd, adam], beta1: [0.8, 0.9] }
seeds: 1
`);
    const reports = ["--reports", workspace.path("out")];
    const { stdout } = await runHere("plan", file, ...reports);
    assertStringIncludes(
      stdout,
      `
optimizer=adam beta1=0.9    0/1

These 2 cells are the same run, to the bit, since beta1 changes nothing in them:
  optimizer=sgd beta1=0.8
  optimizer=sgd beta1=0.9
`,
    );
    for (const task of ["plan", "sweep", "train"]) {
      const folder = task === "train" ? [] : reports;
      const { code, stderr } = await runTask(
        task,
        file,
        ...folder,
        "--set",
        "hidden=[65536, 65536]",
      );
      assertEquals(code, 2);
      assertStringIncludes(stderr, "Cannot use hidden [65536, 65536]: a run would need");
      assert(!stderr.includes("RangeError"), stderr);
    }
    assertEquals([...Deno.readDirSync(workspace.folder)].length, 2);
  }));

Deno.test("plan: says so where the first cell is the baseline, and regularized", () =>
  Workspace.use(async (workspace) => {
    const grid = "fixed: { hidden: [8], steps: 50 }\nseeds: 2\ngrid: { l2_penalty: [0.1, 0.01] }\n";
    const line =
      "\nbaseline the first cell, which is regularized: the experiment names no baseline\n";
    const unnamed = await runHere("plan", await workspace.experiment(grid));
    assertStringIncludes(unnamed.stdout, line);
    const named = `${grid}baseline: { l2_penalty: 0.1 }\n`;
    const { stdout } = await runHere("plan", await workspace.experiment(named));
    assert(!stdout.includes(line), stdout);
  }));

Deno.test("plan: counts cells that are the same run once in what a sweep can show", () =>
  Workspace.use(async (workspace) => {
    const grid = "fixed: { hidden: [8], steps: 50 }\nseeds: 2\n" +
      "grid: { l2_penalty: [0, 0.1], beta1: [0.8, 0.9] }\n";
    const { stdout } = await runHere("plan", await workspace.experiment(grid));
    assertStringIncludes(stdout, "\ncells    4");
    assertStringIncludes(stdout, "(2 seeds, 1 comparison)");
  }));

Deno.test("plan: a dataset that is too small for the split is exit code 2", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write(
      "points.yaml",
      `name: points
dataset: { path: points.csv, target: class, split: { train: 0.994, validation: 0.003, test: 0.003 } }
seeds: 1
`,
    );
    const { code, stderr } = await runHere("plan", file, "--reports", workspace.path("out"));
    assertEquals(code, 2);
    assertStringIncludes(stderr, "validation");
  }));
