import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readLooks } from "../../src/results/looks_csv.ts";
import { readRuns } from "../../src/results/runs_csv.ts";
import { until } from "../_until.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

/** Cells of which one is decided at each look, and one is given up at the second. */
const EXPERIMENT = `name: points
dataset: { path: points.csv, target: class, split: { train: 0.7, validation: 0.1, test: 0.2 } }
metric: validation_loss
equivalence: 0.001
fixed: { hidden: [8], steps: 40, evaluate_every: 20 }
grid:
  - l2_penalty: [0, 0.00001, 0.01, 0.03, 1]
  - dropout: [0.1, 0.3]
  - learning_rate: [0.001]
seeds: { from: 3, to: 12, until: decided }
`;
/** Of the baseline, and of the others by their order. */
const SEEDS = [12, 3, 12, 6, 6, 6, 6, 6];
const RUNS = 57;

/** How many runs each cell has, in the order of runs.csv. */
function seedsIn(text: string): number[] {
  return [...Map.groupBy(readRuns(text), ({ cell }) => cell).values()].map(({ length }) => length);
}

Deno.test("seeds until decided: cells take as many as they need, whoever trains them, and it is verified", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write("points.yaml", EXPERIMENT);
    const planned = await workspace.plan(file, "one");
    assertStringIncludes(
      planned,
      "\nseeds    1 to 12\n" +
        "         a cell gets no more once it is decided: after 3, 6 and 12 seeds\n",
    );
    assertStringIncludes(planned, "\nruns     24 to 96: 0 known, 24 to 96 to train\n");
    assertStringIncludes(planned, "12 seeds at the last look, 7 comparisons)");

    const folder = await workspace.sweep(file, "one", "--workers", "1");
    const csvFiles = await readCsvFiles(folder);
    assertEquals(seedsIn(csvFiles["runs.csv"]), SEEDS);
    const looks = readLooks(csvFiles["looks.csv"]);
    assertEquals(looks.map(({ seeds }) => seeds), [
      ...[3, 3, 3, 3, 3, 3, 3],
      ...[6, 6, 6, 6, 6, 6],
      12,
    ]);
    const outcomesAt = (look: number) =>
      looks.filter(({ seeds }) => seeds === look).map(({ outcome }) => outcome);
    assertEquals(outcomesAt(6), [
      "continued",
      "decided",
      "decided",
      "few_seeds",
      "decided",
      "decided",
    ]);
    assertEquals(outcomesAt(12), ["decided"]);
    // What comparisons.csv says of a cell is what its last look found.
    const last = new Map(looks.map((row) => [row.cell, row]));
    for (const line of csvFiles["comparisons.csv"].trim().split("\n").slice(1)) {
      const fields = line.split(",");
      const { n, verdict, ciLow, ciHigh, pAdjusted } = last.get(fields[0]) ?? {};
      assertEquals([fields[2], fields[10]], [String(n), verdict]);
      assertEquals(fields.slice(11).map(Number), [ciLow, ciHigh, pAdjusted]);
    }

    const other = await workspace.sweep(file, "two", "--workers", "3");
    assertEquals(await readCsvFiles(other), csvFiles);
    const manifest = await readManifestIn(folder);
    assertEquals(manifest.experiment.looks, [3, 6, 12]);
    assertEquals([manifest.runs.total, manifest.runs.trained, manifest.runs.known], [
      RUNS,
      RUNS,
      0,
    ]);
    assertEquals(manifest.times.runs.length, RUNS);

    const page = await Deno.readTextFile(join(folder, "report.html"));
    assertStringIncludes(page, "8 cells × 3 to 12 seeds");
    assertStringIncludes(page, "With looks after 3, 6 and 12 seeds, 57 of 96 runs were enough.");
    assertStringIncludes(page, "Dropout 0.1 got no more than 6 seeds");
    assertEquals((await runTask("report", folder)).code, 0);
    assertEquals(await Deno.readTextFile(join(folder, "report.html")), page);

    // What is known costs nothing, and what looks decided is known without training.
    const again = await workspace.plan(file, "one");
    assertStringIncludes(again, "\nruns     57: 57 known, 0 to train\n");
    await workspace.sweep(file, "one");
    assertEquals((await readManifestIn(folder)).runs.trained, 0);
    assertEquals(await readCsvFiles(folder), csvFiles);

    assertEquals((await runTask("verify", folder)).code, 0);
    assertEquals((await runHere("verify", folder, "--sample", "1")).code, 0);
    await checkForgeries(folder, csvFiles);
  }));

/** Verifies what somebody changed, which `verify` finds in the looks. */
async function checkForgeries(folder: string, files: Record<string, string>): Promise<void> {
  const verified = async (name: string, text: string) => {
    await Deno.writeTextFile(join(folder, name), text);
    const { code, stdout } = await runHere("verify", folder, "--sample", "1");
    await Deno.writeTextFile(join(folder, name), files[name]);
    assertEquals(code, 1);
    return stdout;
  };
  const looks = await verified("looks.csv", files["looks.csv"].replace("few_seeds", "decided"));
  assert(/\nFAIL {2}looks\.csv\n/.test(looks), looks);
  // A decided cell's last seed, as if it had been stopped before.
  const lines = files["runs.csv"].split("\n");
  const gone = lines.findIndex((line) => line.includes(",l2_penalty=1,5,"));
  const runs = await verified("runs.csv", lines.toSpliced(gone, 1).join("\n"));
  assertStringIncludes(runs, "l2_penalty=1, seed 6");
}

Deno.test("seeds until decided: a sweep that was killed between looks goes on to the same files", () =>
  Workspace.use(async (workspace) => {
    const slow = "{ hidden: [32, 32], steps: 1500, evaluate_every: 500 }";
    const file = await workspace.write(
      "points.yaml",
      EXPERIMENT.replace("{ hidden: [8], steps: 40, evaluate_every: 20 }", slow),
    );
    const reports = workspace.path("interrupted");
    const task = startTask("sweep", [file, "--reports", reports, "--workers", "1"]);
    // In the second look.
    await until(async () => await countRecords(reports) >= 8 * 3 + 1);
    task.kill("SIGKILL");
    await finish(task);
    const kept = await countRecords(reports);
    const resumed = await workspace.sweep(file, "interrupted", "--workers", "3");
    const undisturbed = await workspace.sweep(file, "undisturbed", "--workers", "1");
    assertEquals(await readCsvFiles(resumed), await readCsvFiles(undisturbed));
    const { runs } = await readManifestIn(resumed);
    assertEquals([runs.known, runs.trained], [kept, runs.total - kept]);
    assert(kept < runs.total, "the sweep was too fast to be interrupted");
  }));

Deno.test("seeds until decided: a look counts all folds of its seeds", () =>
  Workspace.use(async (workspace) => {
    const folds = EXPERIMENT.replace(/split: .*\}$/m, "split: { folds: 3, test: 0.2 } }")
      .replace("from: 3, to: 12", "from: 2, to: 4, first: 5");
    const file = await workspace.write("points.yaml", folds);
    const folder = await workspace.sweep(file, "out", "--workers", "2");
    const { "runs.csv": runs, "looks.csv": looks } = await readCsvFiles(folder);
    const rows = readRuns(runs);
    const counts = seedsIn(runs);
    assert(counts.every((count) => count === 6 || count === 12), `${counts}`);
    assertEquals(Math.min(...rows.map(({ seed }) => seed)), 5);
    assertEquals(new Set(rows.map(({ fold }) => fold)).size, 3);
    assertEquals(readLooks(looks).slice(0, 7).map(({ n }) => n), [6, 6, 6, 6, 6, 6, 6]);
    assertEquals((await runHere("verify", folder, "--sample", "1")).code, 0);
  }));

Deno.test("seeds until decided: ends where a run that a look depends on fails, and says so", () =>
  Workspace.use(async (workspace) => {
    const long = EXPERIMENT.replace("steps: 40", "steps: 90000000");
    const file = await workspace.write("points.yaml", long);
    const options = ["--reports", workspace.path("out"), "--run-timeout", "1", "--fail-fast"];
    const { code, stderr } = await runTask("sweep", file, ...options);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "which cells go on depends on the runs that failed; 0 of 24 runs");
  }));

Deno.test("seeds until decided: --seeds is refused", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write("points.yaml", EXPERIMENT);
    for (const task of ["plan", "sweep"]) {
      const options = ["--reports", workspace.path("out"), "--seeds", "5"];
      const { code, stderr } = await runHere(task, file, ...options);
      assertEquals(code, 2);
      assertStringIncludes(
        stderr,
        "Cannot use --seeds 5: the experiment's seeds go on until its cells are decided",
      );
    }
  }));
