import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { misbehavingWorkers } from "./_misbehaving_workers.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { ALL_FILES, countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
description: Do penalties help with the points?
fixed: { hidden: [8], steps: 30, evaluate_every: 10 }
grid:
  - l2_penalty: [0, 0.01, 0.1]
  - { dropout: [0, 0.3], batch_size: [10, 20] }   # a comment
seeds: 3
baseline: { l2_penalty: 0 }
`;

Deno.test("sweep: 1 and 2 workers write the same bytes, and again nothing is trained", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const [one, two] = await Promise.all([
      workspace.sweep(file, "one", "--workers", "1"),
      workspace.sweep(file, "two", "--workers", "2"),
    ]);
    const names = [...Deno.readDirSync(one)].map(({ name }) => name);
    assertEquals(names.sort(), ALL_FILES.toSorted());
    const csvFiles = await readCsvFiles(one);
    assertEquals(await readCsvFiles(two), csvFiles);
    assertEquals(csvFiles["runs.csv"].trim().split("\n").length, 1 + 7 * 3);
    assertEquals((await readManifestIn(two)).runs.trained, 21);
    assertEquals(await countRecords(workspace.path("two")), 21);
    assertMatch(csvFiles["test.csv"], /,baseline,/);
    assertMatch(csvFiles["test.csv"], /,best/);

    await workspace.sweep(file, "two");
    assertEquals(await readCsvFiles(two), csvFiles);
    const { runs, git, files } = await readManifestIn(two);
    assertEquals(runs, { total: 21, trained: 0, known: 21, diverged: 0, failed: 0 });
    assert(git.commit === null || /^[0-9a-f]{40}$/.test(git.commit));
    assertEquals(Object.keys(files).length, ALL_FILES.length - 1);
  }));

Deno.test("sweep: removes the files of an earlier sweep that it does not write, and no others", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const folder = await workspace.sweep(file, "out", "--seeds", "2");
    for (const name of ["halving.csv", "units.csv", "notes.csv"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await workspace.sweep(file, "out", "--seeds", "2");
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(names.sort(), [...ALL_FILES, "notes.csv"].sort());
  }));

Deno.test("sweep: the experiment.yaml that is left behind gives the same runs", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const folder = await workspace.sweep(file, "out", "--set", "dropout=0.1", "--seeds", "4,2");
    const csvFiles = await readCsvFiles(folder);
    const copy = join(folder, "experiment.yaml");
    assertStringIncludes(await Deno.readTextFile(copy), "# a comment");
    await workspace.sweep(copy, "out");
    assertEquals(await readCsvFiles(folder), csvFiles);
    assertEquals((await readManifestIn(folder)).runs.trained, 0);
  }));

Deno.test("sweep: says what it did, without control characters; --quiet says nothing", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const out = ["--reports", workspace.path("out")];
    const { stdout, stderr, code } = await runTask("sweep", file, ...out, "--set", "steps=5");
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "points: 21 runs, 21 trained, 0 reused, in ");
    assertStringIncludes(stdout, workspace.path("out", "points", "report.html"));
    // deno-lint-ignore no-control-regex
    assert(!/[\x00-\x09\x0b-\x1f]/.test(stdout));
    assertEquals(
      await runHere("sweep", file, ...out, "--set", "steps=5", "--quiet"),
      { code: 0, stdout: "", stderr: "" },
    );
  }));

Deno.test("sweep: a wrong experiment is exit code 2, and nothing is written", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment("grid: { drop_out: [0, 0.5] }\nseeds: 0\n");
    const { code, stdout, stderr } = await runHere(
      ...["sweep", file, "--reports", workspace.path("out")] as const,
    );
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, `${file}:3:9: Unknown hyperparameter "drop_out"`);
    assertStringIncludes(stderr, "seeds");
    assert(!stderr.includes("    at "), stderr);
    assertEquals([...Deno.readDirSync(workspace.folder)].length, 2);
  }));

Deno.test("sweep: --debug shows where in the code wrong input was found", () =>
  Workspace.use(async (workspace) => {
    const { code, stderr } = await runHere("sweep", workspace.path("none.yaml"), "--debug");
    assertEquals(code, 2);
    assertStringIncludes(stderr, "\n    at ");
  }));

Deno.test("sweep: a run that diverges is a result", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(
      "fixed: { steps: 20, hidden: [8] }\ngrid: { learning_rate: [0.1, 1.0e+30] }\nseeds: 2\n",
    );
    const folder = await workspace.sweep(file, "out");
    const { runs } = await readManifestIn(folder);
    assertEquals([runs.diverged, runs.failed], [2, 0]);
    await workspace.sweep(file, "out");
    assertEquals((await readManifestIn(folder)).runs.known, 4);
  }));

const TWO_SEEDS = "fixed: { steps: 2 }\ngrid: { hidden: [[8], [9]] }\nseeds: [1, 3]\n";

/** Sweeps two cells of two seeds; the runs of seed 3 fail. */
async function sweepWithFailures(workspace: Workspace, ...args: string[]) {
  const file = await workspace.experiment(TWO_SEEDS);
  const importMap = await misbehavingWorkers(workspace, 'throw new Error("boom")');
  const reports = workspace.path("out");
  const all = [file, "--reports", reports, ...args];
  const finished = await finish(startTask("sweep", all, { importMap }));
  return { reports, ...finished };
}

Deno.test("sweep: runs that fail are listed, and all files written", () =>
  Workspace.use(async (workspace) => {
    const { reports, code, stdout, stderr } = await sweepWithFailures(workspace);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "points: 4 runs, 2 trained, 0 reused, 2 failed");
    assertStringIncludes(stderr, "2 runs failed:\n  hidden=[8], seed 3: ");
    assertStringIncludes(stderr, "    hidden=[8] steps=2\n");
    const folder = join(reports, "points");
    const statuses = (await readCsvFiles(folder))["runs.csv"].match(/completed|failed/g);
    assertEquals(statuses, ["completed", "failed", "completed", "failed"]);
    const { failures } = await readManifestIn(folder);
    assertEquals(failures.map(({ seed }: { seed: number }) => seed), [3, 3]);
    assertEquals(await countRecords(reports), 2);
  }));

Deno.test("sweep: --fail-fast stops at the first failure and keeps what has finished", () =>
  Workspace.use(async (workspace) => {
    const args = ["--fail-fast", "--workers", "1", "--seeds", "3,1"];
    const { reports, code, stderr } = await sweepWithFailures(workspace, ...args);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "1 run failed:");
    assertStringIncludes(stderr, "Stopped at the first failure; 0 of 4 runs are kept");
    // The report says which run failed, and why the others are missing.
    const { state, unfinished, failures } = await readManifestIn(join(reports, "points"));
    assertEquals([state, unfinished?.why, failures.length], ["unfinished", "failed", 1]);
  }));

Deno.test("sweep: scores nothing where the split leaves no rows for a test", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const split =
      "dataset: { path: points.csv, target: class, split: { train: 0.8, validation: 0.2, test: 0 } }";
    const text = (await Deno.readTextFile(file)).replace(/^dataset: .*$/m, split);
    const folder = await workspace.sweep(await workspace.write("points.yaml", text), "out");
    const names = Object.keys(await readCsvFiles(folder));
    assertEquals(names.filter((name) => /test|confusion/.test(name)), []);
    assertEquals((await runTask("verify", folder)).code, 0);
    assertEquals((await runTask("report", folder)).code, 0);
  }));
