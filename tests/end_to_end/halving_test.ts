import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readCurves } from "../../src/results/curves_csv.ts";
import { readHalving } from "../../src/results/halving_csv.ts";
import { readRuns } from "../../src/results/runs_csv.ts";
import {
  MODULE_EXPERIMENT,
  programExperiment,
  writeModule,
  writeProgram,
} from "./_own_trainers.ts";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [8], steps: 40, evaluate_every: 10 }
grid: [{ l2_penalty: [0, 0.01, 0.1, 1] }, { prune_threshold: [0.5], prune_period: [10] }]
successive_halving: { min_steps: 10, eta: 2 }
seeds: 2
`;

Deno.test("successive_halving: trains the best to the end, tells who was stopped, and is verified", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const planned = await workspace.plan(file, "one");
    assertStringIncludes(
      planned,
      "\nhalving  5 cells for 10 steps\n         3 cells for 20 steps\n         2 cells to the end: ",
    );
    assertStringIncludes(planned, "\nruns     20: 0 known, 20 to train\n");

    const folder = await workspace.sweep(file, "one", "--workers", "1");
    const csvFiles = await readCsvFiles(folder);
    const other = await workspace.sweep(file, "two", "--workers", "2");
    assertEquals(await readCsvFiles(other), csvFiles);
    const rows = readHalving(csvFiles["halving.csv"]);
    const runs = readRuns(csvFiles["runs.csv"]);
    const finalists = new Set(runs.map(({ cell }) => cell));
    assertEquals([rows.length, runs.length, finalists.size], [8, 4, 2]);
    const stopped = rows.filter(({ isKept }) => !isKept);
    assertEquals(stopped.map(({ step }) => step), [10, 10, 20]);
    assert(stopped.every(({ cell }) => !finalists.has(cell)));
    assert(finalists.has("l2_penalty=0"), "the baseline goes to the end");
    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(
      page,
      "3 of 5 cells went on after 10 steps and 2 of 3 after 20 steps",
    );
    // By the names that the other cells have, too.
    for (const { cell } of stopped) {
      const name = cell.replace("l2_penalty=", "L2 penalty ")
        .replace("prune_threshold=0.5 prune_period=", "pruning threshold 0.5 + pruning period ");
      assertStringIncludes(page, `<bdi>${name}</bdi></th>`);
    }

    const again = await workspace.plan(file, "one");
    assertStringIncludes(again, "\ntime     none: every run is known\n");
    await workspace.sweep(file, "one");
    assertEquals((await readManifestIn(folder)).runs.trained, 0);
    assertEquals((await runTask("verify", folder)).code, 0);
    assertEquals((await runHere("verify", folder, "--sample", "1")).code, 0);

    // Without halving, the same runs: as far as they went, and to the end.
    await checkWholeRuns(workspace, rows, csvFiles["curves.csv"]);

    const wrong = csvFiles["halving.csv"].replace(/,[^,\n]+,kept\n/, ",0.123,kept\n");
    await Deno.writeTextFile(join(folder, "halving.csv"), wrong);
    const { code, stdout } = await runHere("verify", folder);
    assertEquals(code, 1);
    assert(/\nFAIL {2}halving\.csv\n/.test(stdout), stdout);
  }));

/** Sweeps the same cells without halving, in the same store, and compares with what halving tells. */
async function checkWholeRuns(
  workspace: Workspace,
  rows: ReturnType<typeof readHalving>,
  curvesText: string,
): Promise<void> {
  const text = EXPERIMENT.replace(/successive_halving.*\n/, "");
  const file = await workspace.write(
    "whole.yaml",
    `name: whole\ndataset: { path: points.csv, target: class }\n${text}`,
  );
  await workspace.sweep(file, "one");
  const folder = workspace.path("one", "whole");
  assertEquals((await readManifestIn(folder)).runs.known, 4);
  const files = await readCsvFiles(folder);
  const curves = readCurves(files["curves.csv"]);
  const keys = new Set(readCurves(curvesText).map(({ run }) => run));
  assertEquals(curves.filter(({ run }) => keys.has(run)), readCurves(curvesText));
  const runs = readRuns(files["runs.csv"]);
  for (const { step, cell, mean } of rows) {
    const values = runs.filter((run) => run.cell === cell).map(({ run }) => {
      const row = curves.find((row) => row.run === run && row.step === step);
      return row?.measures.validation_accuracy ?? NaN;
    });
    assertEquals(mean, (values[0] + values[1]) / 2, `${cell} at step ${step}`);
  }
}

Deno.test("successive_halving: is nothing for a cluster", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const reports = ["--reports", workspace.path("out")];
    const { code, stderr } = await runTask("sweep", file, ...reports, "--launcher", "slurm");
    assertEquals([code, stderr], [
      2,
      "Cannot use --launcher slurm with successive_halving\n",
    ]);
  }));

Deno.test("successive_halving: plan counts the runs of all rungs, of very many too", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const options = ["--reports", workspace.path("out"), "--seeds", "5001"];
    const { code, stdout } = await runTask("plan", file, ...options);
    assertEquals(code, 0);
    assertStringIncludes(
      stdout,
      "\nruns     50,010: 0 known, 50,010 to train; a sweep of them takes",
    );
    const refused = await runHere("sweep", file, ...options);
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "Cannot sweep 50,010 runs");
  }));

Deno.test("successive_halving: ends where a run that it depends on fails, and says so", () =>
  Workspace.use(async (workspace) => {
    const long = EXPERIMENT.replace("steps: 40", "steps: 90000000")
      .replace("evaluate_every: 10", "evaluate_every: 40000000")
      .replace("min_steps: 10", "min_steps: 40000000");
    const file = await workspace.experiment(long);
    const options = ["--reports", workspace.path("out"), "--run-timeout", "1", "--fail-fast"];
    const { code, stderr } = await runHere("sweep", file, ...options);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "which cells go on depends on the runs that failed; 0 of 10 runs");
  }));

Deno.test("successive_halving: is refused where a trainer's runs cannot be stopped", () =>
  Workspace.use(async (workspace) => {
    await writeModule(workspace);
    await writeProgram(workspace, "exact");
    const halving = "successive_halving: { min_steps: 10, eta: 2 }\n";
    for (
      const [trainer, experiment] of [
        ["centroids", MODULE_EXPERIMENT],
        ["exact", programExperiment("exact")],
      ]
    ) {
      const file = await workspace.experiment(experiment + halving);
      const { code, stdout, stderr } = await runHere("plan", file);
      assertEquals([code, stdout], [2, ""]);
      assertStringIncludes(
        stderr,
        `Cannot use successive_halving: runs of trainer ${trainer} cannot be stopped\n`,
      );
    }
  }));
