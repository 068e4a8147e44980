import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { join } from "node:path";
import { until } from "../_until.ts";
import { assertSameFiles } from "./_assert_same_files.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const REST = `fixed: { steps: 40, hidden: [4] }
grid: { l2_penalty: [0, 0.01, 0.1] }
seeds: 2
`;
const DATASETS = `datasets:
  - { name: here, path: points.csv, target: class }
  - { name: there, path: points.csv, target: class, standardize: none }
`;
const NAMES = ["here", "there"];

async function collection(workspace: Workspace, rest = REST): Promise<string> {
  return await workspace.write("both.yaml", `name: both\ndescription: Both?\n${DATASETS}${rest}`);
}

/** The names in the column of cells, each once. */
function cellsIn(text: string): string[] {
  const [header, ...rows] = parse(text) as string[][];
  const column = header.indexOf("cell");
  return [...new Set(rows.map((row) => row[column]))];
}

/** All CSV files of a sweep of several datasets and the report over them, by their paths. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const files = await readCsvFiles(folder);
  files["report.html"] = await Deno.readTextFile(join(folder, "report.html"));
  files["manifest.json"] = await Deno.readTextFile(join(folder, "manifest.json"));
  for (const name of NAMES) {
    for (const [file, text] of Object.entries(await readCsvFiles(join(folder, name)))) {
      files[`${name}/${file}`] = text;
    }
  }
  return files;
}

Deno.test("sweep: datasets give the same bytes with 1 and 2 workers, and are verified", () =>
  Workspace.use(async (workspace) => {
    const file = await collection(workspace);
    await workspace.sweep(file, "one", "--workers", "1");
    await workspace.sweep(file, "two", "--workers", "2");
    const [one, two] = ["one", "two"].map((reports) => workspace.path(reports, "both"));
    const files = await filesIn(one);
    assertSameFiles(await filesIn(two), files);
    assertStringIncludes(files["datasets.csv"], "\nhere,");
    assertStringIncludes(files["ranks.csv"], "rank_here,rank_there\n");
    const { state, files: sums } = await readManifestIn(one);
    const { files: own } = await readManifestIn(join(one, "here"));
    assertEquals([state, sums["here/runs.csv"]], ["complete", own["runs.csv"]]);

    const verified = await runTask("verify", one);
    assertEquals(verified.code, 0, verified.stdout);
    assertStringIncludes(verified.stdout, `PASS  ${one}: 4 files over 2 datasets`);
    const redrawn = await runTask("report", one);
    assertEquals([redrawn.code, redrawn.stdout], [0, `${join(one, "report.html")}\n`]);
    assertSameFiles(await filesIn(one), files);

    // What was changed is found, over the datasets and in one of them.
    const ranks = join(one, "ranks.csv");
    await Deno.writeTextFile(ranks, files["ranks.csv"].replace(/,1,/, ",2,"));
    const wrong = await runHere("verify", one, "--json");
    const { isRight, datasets, files: checks } = JSON.parse(wrong.stdout);
    assertEquals([wrong.code, isRight], [1, false]);
    assertEquals(datasets.map((one: { isRight: boolean }) => one.isRight), [true, true]);
    const failed = checks.filter((check: { passes: boolean }) => !check.passes);
    assertEquals(failed.map((check: { subject: string }) => check.subject), ["ranks.csv"]);
  }));

Deno.test("sweep: a dataset shares its runs with an experiment on it alone", () =>
  Workspace.use(async (workspace) => {
    await workspace.sweep(await workspace.experiment(REST), "reports");
    const file = await collection(workspace);
    const plan = await runTask("plan", file, "--reports", workspace.path("reports"), "--json");
    const { collection: name, datasets } = JSON.parse(plan.stdout);
    const known = datasets.map((one: { runs: { known: number } }) => one.runs.known);
    assertEquals([name, known], ["both", [6, 0]]);
    await workspace.sweep(file, "reports");
    const folder = workspace.path("reports", "both");
    const { runs } = await readManifestIn(join(folder, "here"));
    assertEquals([runs.known, runs.trained], [6, 0]);
    const alone = await readCsvFiles(workspace.path("reports", "points"));
    assertSameFiles(await readCsvFiles(join(folder, "here")), alone);

    // Its records stay as long as the folder names them.
    const reports = ["--reports", workspace.path("reports")];
    const clean = await runTask("store", ...reports, "--remove", "unreferenced", "--yes", "--json");
    assert(clean.code !== 0 || JSON.parse(clean.stdout).removed.length === 0, clean.stdout);
    const table = await runTask("table", folder, "--format", "csv", "--columns", "dataset,runs");
    assertEquals(table.stdout, "dataset,runs\nhere,6\nthere,6\n");
    const { sweeps } = JSON.parse((await runTask("index", ...reports, "--json")).stdout);
    const entry = sweeps.find((sweep: { name: string }) => sweep.name === "both");
    assertEquals([entry.runs, entry.planned, entry.state], [12, 12, "complete"]);

    const compared = await runTask("compare", folder, join(folder, "here"));
    assertEquals(compared.code, 2);
    assertStringIncludes(compared.stderr, "it is of several datasets");
    // A sweep of one dataset does not write into the folder.
    const same = await workspace.experiment(REST, "both");
    const refused = await runTask("sweep", same, ...reports);
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "has the results of a sweep on several datasets");
  }));

Deno.test("sweep: after a kill, the same command does the rest of the datasets", () =>
  Workspace.use(async (workspace) => {
    const rest = `fixed: { hidden: [32, 32], evaluate_every: 500 }
grid: { l1_penalty: [0, 0.001, 0.01], steps: [1500, 2000] }
seeds: 4
`;
    const file = await collection(workspace, rest);
    const reports = workspace.path("killed");
    const task = startTask("sweep", [file, "--reports", reports]);
    // In the middle of the second dataset.
    await until(async () => await countRecords(reports) >= 30);
    task.kill("SIGKILL");
    await finish(task);
    assert(await countRecords(reports) < 48, "the sweep was too fast to be killed");
    await workspace.sweep(file, "killed");
    await workspace.sweep(file, "whole");
    const whole = await filesIn(workspace.path("whole", "both"));
    assertSameFiles(await filesIn(workspace.path("killed", "both")), whole);
  }));

Deno.test("sweep: each dataset is searched by itself, and the selected cells are compared", () =>
  Workspace.use(async (workspace) => {
    // Here, fast learning is good; there, nothing can be learned.
    const noise = Array.from({ length: 90 }, (_, row) => {
      return `${(row * 37) % 89},${(row * 53) % 83},c${row % 3}`;
    });
    await workspace.write("noise.csv", ["a,b,class", ...noise, ""].join("\n"));
    const experiment = (steps: number) =>
      `name: both
datasets:
  - { name: here, path: points.csv, target: class }
  - { name: there, path: noise.csv, target: class }
metric: validation_loss
fixed: { hidden: [8], steps: ${steps} }
grid:
  - {}
  - sample: { count: 8, method: tpe, batch: 4 }
    learning_rate: { log_uniform: [0.001, 1] }
    dropout: { uniform: [0, 0.5] }
seeds: 2
`;
    const file = await workspace.write("both.yaml", experiment(40));
    const planned = await workspace.plan(file, "one");
    assertStringIncludes(planned, "\nboth: 2 datasets, 20 to 36 runs, 20 to 36 to train, in ");
    await workspace.sweep(file, "one", "--workers", "1");
    await workspace.sweep(file, "two", "--workers", "2");
    const one = workspace.path("one", "both");
    const files = await filesIn(one);
    assertSameFiles(await filesIn(workspace.path("two", "both")), files);

    // The first batch is the same on both, what follows is not.
    const [here, there] = NAMES.map((name) => cellsIn(files[`${name}/runs.csv`]));
    assertEquals([here.length, there.length], [9, 9]);
    assertEquals(here.slice(0, 5), there.slice(0, 5));
    const common = here.filter((cell) => there.includes(cell));
    assert(common.length < 9, "both datasets were searched in the same way");
    assertEquals(cellsIn(files["ranks.csv"]).toSorted(), common.toSorted());
    const { answer } = await readManifestIn(one);
    assertStringIncludes(
      answer.finding,
      "on the test rows, which selected nothing, the cell selected",
    );
    const others = here.length + there.length - 2 * common.length;
    assertStringIncludes(files["report.html"], `have them: ${others} cells are left out.`);
    assertStringIncludes(files["report.html"], "What the selected cells have in common");
    const verified = await runTask("verify", one);
    assertEquals(verified.code, 0, verified.stdout);

    // After a kill in the second dataset, the rest gives the same files.
    const long = await workspace.write("both.yaml", experiment(3000));
    const reports = workspace.path("killed");
    const task = startTask("sweep", [long, "--reports", reports]);
    await until(async () => await countRecords(reports) >= 22);
    task.kill("SIGKILL");
    await finish(task);
    assert(await countRecords(reports) < 36, "the sweep was too fast to be killed");
    await workspace.sweep(long, "killed");
    await workspace.sweep(long, "whole");
    const whole = await filesIn(workspace.path("whole", "both"));
    assertSameFiles(await filesIn(workspace.path("killed", "both")), whole);
  }));

Deno.test("sweep: --table sweeps one dataset, and report draws what there is of all", () =>
  Workspace.use(async (workspace) => {
    const file = await collection(workspace);
    await workspace.sweep(file, "reports", "--table", "there");
    const reports = ["--reports", workspace.path("reports")];
    const drawn = await runHere("report", file, ...reports);
    const folder = workspace.path("reports", "both");
    assertEquals([drawn.code, drawn.stdout], [0, `${join(folder, "report.html")}\n`]);
    const { state, answer } = await readManifestIn(folder);
    assertEquals([state, answer.limit], [
      "unfinished",
      "1 of 2 datasets is complete; the answer can change with the others.",
    ]);
    const { stdout } = await runHere("sweep", file, ...reports, "--json");
    const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const last = lines.at(-1);
    assertEquals([last.event, last.state, last.exitCode], ["collection", "complete", 0]);
    assertEquals(last.datasets.map((one: { dataset: string }) => one.dataset), NAMES);
    assertEquals((await readManifestIn(folder)).state, "complete");
    // Of several, a single run needs to know which.
    const trained = await runTask("train", file);
    assertEquals(trained.code, 2);
    assertStringIncludes(trained.stderr, "--table chooses here or there");
  }));
