import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readHalving } from "../../src/results/halving_csv.ts";
import { readHeldOut } from "../../src/results/held_out_csv.ts";
import { readRuns } from "../../src/results/runs_csv.ts";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const MORE = `
fixed: { hidden: [8], steps: 20, evaluate_every: 10, batch_size: 16 }
grid: { l2_penalty: [0, 0.01, 0.1] }
seeds: 2
`;

async function foldedExperiment(workspace: Workspace, more = ""): Promise<string> {
  const dataset = "dataset: { path: points.csv, target: class, split: { folds: 3 } }";
  return await workspace.write("points.yaml", `name: points\n${dataset}\n${MORE}${more}`);
}

Deno.test("folds: each seed's runs validate on one fold each, are told apart, and are verified", () =>
  Workspace.use(async (workspace) => {
    const file = await foldedExperiment(workspace);
    const planned = await workspace.plan(file, "one");
    assertStringIncludes(
      planned,
      "\nrows     48 to train and 24 to validate, in 3 folds, drawn anew for each seed;\n" +
        "           18 to test; stratified\n",
    );
    assertStringIncludes(planned, "\nseeds    1, 2, each with 3 folds\n");
    assertStringIncludes(planned, "\nruns     18: 0 known, 18 to train\n");
    assertStringIncludes(planned, "(2 seeds × 3 folds, 2 comparisons)");
    assertStringIncludes(planned, "\nl2_penalty=0       0/6  baseline\n");

    const folder = await workspace.sweep(file, "one", "--workers", "1");
    const csvFiles = await readCsvFiles(folder);
    const other = await workspace.sweep(file, "two", "--workers", "2");
    assertEquals(await readCsvFiles(other), csvFiles);

    const runs = readRuns(csvFiles["runs.csv"]);
    assertEquals(
      runs.slice(0, 6).map(({ replicate, seed, fold }) => [replicate, seed, fold]),
      [[0, 1, 1], [1, 1, 2], [2, 1, 3], [3, 2, 1], [4, 2, 2], [5, 2, 3]],
    );
    assertEquals(new Set(runs.map(({ digest }) => digest)).size, 18);
    const scored = readHeldOut(csvFiles["test.csv"]);
    assert(scored.length >= 6 && scored.every(({ fold }) => fold !== undefined));
    assertStringIncludes(csvFiles["comparisons.csv"], "\nl2_penalty=0.01,l2_penalty=0,6,");
    const { dataset } = await readManifestIn(folder);
    assertEquals([dataset.split.folds, dataset.split.stratify], [3, true]);
    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(page, "3 cells × 2 seeds × 3 folds");
    assertStringIncludes(page, "Intervals and tests use s²·(1/n + 1/2)");

    assertEquals((await runTask("verify", folder)).code, 0);
    const compared = await runTask("compare", folder, other);
    assertEquals(compared.code, 0);
    assertStringIncludes(compared.stdout, "18");

    const { seed, fold, digest } = runs[4];
    const options = ["--seed", `${seed}`, "--fold", `${fold}`];
    const trained = await runTask("train", file, ...options);
    assertStringIncludes(trained.stdout, "points, l2_penalty=0, seed 2, fold 2\n");
    assertStringIncludes(trained.stdout, `digest ${digest}`);

    // A changed file is told by seed and fold.
    const altered = csvFiles["runs.csv"].replace(`${digest}`, "0".repeat(64));
    await Deno.writeTextFile(join(folder, "runs.csv"), altered);
    const failed = await runHere("verify", folder);
    assertEquals(failed.code, 1);
    assertStringIncludes(failed.stdout, "l2_penalty=0, seed 2, fold 2");
  }));

Deno.test("folds: --fold is one of the experiment's", () =>
  Workspace.use(async (workspace) => {
    const file = await foldedExperiment(workspace);
    const beyond = await runHere("train", file, "--fold", "4");
    assertEquals(beyond.code, 2);
    assertStringIncludes(beyond.stderr, "Cannot use --fold 4: the experiment has 3");
    const whole = await workspace.experiment(MORE);
    const none = await runHere("train", whole, "--fold", "1");
    assertEquals(none.code, 2);
    assertStringIncludes(none.stderr, "Cannot use --fold 1: the experiment has no folds");
  }));

Deno.test("folds: halving ranks cells by all folds of all seeds", () =>
  Workspace.use(async (workspace) => {
    const file = await foldedExperiment(
      workspace,
      "successive_halving: { min_steps: 10, eta: 2 }\n",
    );
    const folder = await workspace.sweep(file, "one");
    const { "halving.csv": halving, "runs.csv": runs } = await readCsvFiles(folder);
    const rows = readHalving(halving);
    assertEquals(rows.map(({ n }) => n), [6, 6, 6]);
    assertEquals(readRuns(runs).length, 12);
    assertEquals((await runHere("verify", folder)).code, 0);
  }));
