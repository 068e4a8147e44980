import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readRuns } from "../../src/results/runs_csv.ts";
import { sha256 } from "../../src/sha256.ts";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

/** 96 rows of 24 patients in 24 weeks: every patient has four rows, each in a week of its own. */
function visitsCsv(rows: readonly number[]): string {
  const lines = rows.map((row) => {
    const patient = `p${String(row % 24).padStart(2, "0")}`;
    const month = String(1 + Math.floor(row / 14)).padStart(2, "0");
    const day = String(1 + 2 * (row % 14)).padStart(2, "0");
    const part = ["train", "train", "val", "test"][row % 4];
    const isIll = row % 24 < 8 ? 1 : 0;
    const values = [0, 1].map((column) => 5 * isIll + (row * 7 + column * 11) % 9);
    return [patient, `2026-${month}-${day}`, part, ...values, isIll ? "ill" : "well"].join();
  });
  return ["patient,day,set,a,b,state", ...lines].join("\n") + "\n";
}

const ALL = Array.from({ length: 96 }, (_, row) => row);

async function visitsExperiment(workspace: Workspace, split: string, more = ""): Promise<string> {
  await workspace.write("visits.csv", visitsCsv(ALL));
  return await workspace.write(
    "points.yaml",
    `name: points
dataset: { path: visits.csv, target: state, split: ${split}${more} }
fixed: { hidden: [4], steps: 20, evaluate_every: 10 }
grid: { l2_penalty: [0, 0.1] }
seeds: 2
`,
  );
}

/** What plan says of a split, without the rest of the line that goes on. */
const PLANNED: Readonly<Record<string, string>> = {
  "{ group: patient }": "about 56 to train and 20 to validate, drawn anew for each seed; 20 to\n" +
    "           test; stratified; no patient is in two parts\n",
  "{ group: patient, folds: 4 }":
    "about 57 to train and 19 to validate, in 4 folds, drawn anew for each\n" +
    "           seed; 20 to test; stratified; no patient is in two parts\n",
  "{ time: day }": "58 to train and 19 to validate, in order of day, the same for all\n" +
    "           seeds; 19 to test\n",
  "{ time: day, folds: 3 }":
    "about 39 to train and 19 to validate, in 3 folds, in order of day,\n" +
    "           the same for all seeds; 19 to test\n",
  "{ column: set }": "48 to train and 24 to validate, as column set says; 24 to test\n",
};

for (const [split, planned] of Object.entries(PLANNED)) {
  Deno.test(`split: ${split} is planned, swept and verified`, () =>
    Workspace.use(async (workspace) => {
      const file = await visitsExperiment(workspace, split);
      const plan = await runTask("plan", file, "--reports", workspace.path("one"));
      assertEquals([plan.code, plan.stderr], [0, ""]);
      assertStringIncludes(plan.stdout, `\nrows     ${planned}`);
      const folder = await workspace.sweep(file, "one", "--workers", "1");
      const csvFiles = await readCsvFiles(folder);
      const runs = readRuns(csvFiles["runs.csv"]);
      assertEquals(new Set(runs.map(({ digest }) => digest)).size, runs.length);
      assert(csvFiles["test.csv"], "there are test rows");
      const { dataset } = await readManifestIn(folder);
      const { train, validation, test } = dataset.split.rows;
      // The first folds in order of time leave the latest rows out.
      if (!split.includes("time: day, folds")) assertEquals(train + validation + test, 96);
      assertEquals((await runTask("verify", folder)).code, 0);
    }));
}

Deno.test("test: FILE takes the test rows from a file of their own", () =>
  Workspace.use(async (workspace) => {
    const file = await visitsExperiment(workspace, "{ group: patient }", ", test: more.csv");
    // The same patients: these would be on both sides.
    await workspace.write("more.csv", visitsCsv([96, 97, 98]));
    const leaking = await runHere("plan", file);
    assertEquals(leaking.code, 2);
    assertStringIncludes(
      leaking.stderr,
      "Cannot use group patient: 3 groups of the test file are among the other rows, too",
    );
    const others = visitsCsv([96, 97, 98, 104, 105]).replaceAll("p0", "q0");
    await workspace.write("more.csv", others);
    const plan = await runHere("plan", file);
    assertEquals([plan.code, plan.stderr], [0, ""]);
    assertStringIncludes(
      plan.stdout,
      "to validate, drawn anew for each seed; 5 to\n           test",
    );
    const folder = await workspace.sweep(file, "one");
    assertEquals((await readManifestIn(folder)).dataset.split.rows.test, 5);
    assertEquals((await runHere("verify", folder)).code, 0);
  }));

Deno.test("--test says where the file of test rows is, and the kept experiment has it", () =>
  Workspace.use(async (workspace) => {
    const file = await visitsExperiment(workspace, "{ group: patient }", ", test: more.csv");
    const others = visitsCsv([96, 97, 98, 104, 105]).replaceAll("p0", "q0");
    const moved = await workspace.write("moved.csv", others);
    for (const task of ["plan", "train", "status"]) {
      const { code, stderr } = await runHere(task, file, "--test", moved);
      assertEquals([code, stderr], [0, ""]);
    }
    const folder = await workspace.sweep(file, "one", "--test", moved);
    assertEquals((await runHere("verify", folder)).code, 0);
    const again = await runHere(
      "plan",
      `${folder}/experiment.yaml`,
      "--reports",
      workspace.path("one"),
    );
    assertStringIncludes(again.stdout, "4 known, 0 to train");

    // Both files move, and then the folder is all that there is.
    await Deno.mkdir(workspace.path("far"));
    await Deno.rename(moved, workspace.path("far", "t.csv"));
    await Deno.rename(workspace.path("visits.csv"), workspace.path("far", "v.csv"));
    const dataset = ["--dataset", workspace.path("far", "v.csv")];
    const lost = await runHere("verify", folder, ...dataset);
    const checksum = await sha256(new TextEncoder().encode(others));
    assertEquals([lost.code, lost.stdout], [2, ""]);
    assertEquals(
      lost.stderr,
      `Cannot find test rows ${moved} ` +
        `(if it is elsewhere, give --test FILE; its SHA-256 is ${checksum})\n`,
    );
    const found = await runHere(
      "verify",
      folder,
      ...dataset,
      "--test",
      workspace.path("far/t.csv"),
    );
    assertEquals(found.code, 0, found.stdout);
    const wrong = await runHere(
      "verify",
      folder,
      ...dataset,
      "--test",
      workspace.path("far/v.csv"),
    );
    assertEquals(wrong.code, 1);
    assertStringIncludes(wrong.stdout, "It is not the sweep's file of test rows");
  }));

Deno.test("--test is for experiments that name a file of test rows", () =>
  Workspace.use(async (workspace) => {
    const file = await visitsExperiment(workspace, "{ group: patient }");
    const planned = await runHere("plan", file, "--test", "more.csv");
    assertEquals(planned.code, 2);
    assertStringIncludes(
      planned.stderr,
      "Cannot use --test more.csv: the experiment names no file of test rows " +
        "(its dataset can have test: FILE)",
    );
    const folder = await workspace.sweep(file, "one");
    const verified = await runHere("verify", folder, "--test", "more.csv");
    assertEquals(verified.code, 2);
    assertStringIncludes(
      verified.stderr,
      "Cannot use --test more.csv: the sweep has no file of test rows",
    );
  }));
