import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { readRuns } from "../../src/results/runs_csv.ts";
import { until } from "../_until.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `name: points
dataset: { path: points.csv, target: class, split: { train: 0.7, validation: 0.1, test: 0.2 } }
metric: validation_loss
fixed: { hidden: [8], steps: 40, evaluate_every: 10 }
grid:
  - {}
  - sample: { count: 14, method: tpe, batch: 5 }
    learning_rate: { log_uniform: [0.001, 1] }
    batch_size: { integer: [4, 32] }
    optimizer: { choice: [sgd, adam] }
    conditional:
      when: optimizer=adam
      weight_decay: { log_uniform: [0.0001, 1] }
seeds: 2
`;
const [CELLS, RUNS] = [15, 30];
const HALVING = "successive_halving: { min_steps: 10, eta: 3 }\n";

/** The names of the cells in runs.csv, in its order. */
function cellsIn(text: string): string[] {
  return [...new Set(readRuns(text).map(({ cell }) => cell))];
}

/** The place of the first run of the best of the first cells that are searched. */
function bestOf(text: string, count: number): number {
  const rows = readRuns(text);
  const first = new Set(cellsIn(text).slice(1, 1 + count));
  const lossOf = (cell: string) =>
    rows.filter((row) => row.cell === cell)
      .reduce((sum, { measures }) => sum + (measures?.validation_loss ?? Infinity), 0);
  const [best] = [...first].sort((a, b) => lossOf(a) - lossOf(b));
  return rows.findIndex(({ cell }) => cell === best);
}

Deno.test("a search: 1, 2 and 5 workers propose the same cells, and it is verified", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write("points.yaml", EXPERIMENT);
    const planned = await workspace.plan(file, "one");
    assertStringIncludes(planned, "\nsearch   at most 14 points in 3 batches: the first batch");
    assertStringIncludes(planned, "\ncells    6 of at most 15\n");
    assertStringIncludes(planned, "\nruns     12 to 30: 0 known, 12 to 30 to train\n");

    const folder = await workspace.sweep(file, "one", "--workers", "1");
    const files = await readCsvFiles(folder);
    assertEquals(cellsIn(files["runs.csv"]).length, CELLS);
    for (const workers of ["2", "5"]) {
      const other = await workspace.sweep(file, workers, "--workers", workers);
      assertEquals(await readCsvFiles(other), files);
    }
    const manifest = await readManifestIn(folder);
    assertEquals([manifest.runs.total, manifest.runs.trained], [RUNS, RUNS]);
    const { search } = manifest.experiment;
    assertEquals([search.points, search.batches], [14, 3]);
    assertEquals(search.found.map(({ cells }: { cells: number }) => cells), [6, 11, CELLS]);
    assertStringIncludes(await Deno.readTextFile(join(folder, "report.html")), "The search");

    // What is known costs nothing.
    const again = await workspace.plan(file, "one");
    assertStringIncludes(again, "\nsearch   14 points in 3 batches: all results are known\n");
    assertStringIncludes(again, "\nruns     30: 30 known, 0 to train\n");
    await workspace.sweep(file, "one");
    assertEquals((await readManifestIn(folder)).runs.trained, 0);
    assertEquals(await readCsvFiles(folder), files);

    assertEquals((await runTask("verify", folder)).code, 0);
    // Another result in the first batch would have led elsewhere.
    const lines = files["runs.csv"].split("\n");
    const best = 1 + bestOf(files["runs.csv"], 5);
    const column = lines[0].split(",").indexOf("validation_loss");
    const worse = lines[best].split(",").with(column, "9").join();
    await Deno.writeTextFile(join(folder, "runs.csv"), lines.with(best, worse).join("\n"));
    const { code, stdout } = await runHere("verify", folder, "--sample", "1");
    assertEquals(code, 1);
    assertStringIncludes(stdout, "experiment.yaml has this run, runs.csv does not");
  }));

Deno.test("a search: a sweep that was killed in a batch goes on to the same files", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write(
      "points.yaml",
      EXPERIMENT.replace("steps: 40", "steps: 4000"),
    );
    const reports = workspace.path("killed");
    const task = startTask("sweep", [file, "--reports", reports, "--workers", "2"]);
    await until(async () => await countRecords(reports) >= 14);
    task.kill("SIGKILL");
    await finish(task);
    const kept = await countRecords(reports);
    assert(kept < RUNS, "the sweep was too fast to be killed");
    const [resumed, undisturbed] = await Promise.all([
      workspace.sweep(file, "killed"),
      workspace.sweep(file, "undisturbed"),
    ]);
    assertEquals(await readCsvFiles(resumed), await readCsvFiles(undisturbed));
    const { runs } = await readManifestIn(resumed);
    assertEquals([runs.known, runs.trained], [kept, RUNS - kept]);
  }));

Deno.test("a search with successive halving compares cells at the first rung, and is verified", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.write("points.yaml", EXPERIMENT + HALVING);
    const [one, two] = await Promise.all([
      workspace.sweep(file, "one", "--workers", "1"),
      workspace.sweep(file, "two", "--workers", "3"),
    ]);
    const files = await readCsvFiles(one);
    assertEquals(await readCsvFiles(two), files);
    const first = files["halving.csv"].split("\n").filter((line) => line.startsWith("10,"));
    assertEquals(first.length, CELLS);
    assertEquals((await runHere("verify", one)).code, 0);
  }));
