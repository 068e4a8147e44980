import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { pathsIn } from "../../src/files/folders.ts";
import {
  MODULE_EXPERIMENT,
  MODULE_FILES,
  programExperiment,
  type ProgramName,
  PROGRAMS,
  writeModule,
  writeProgram,
} from "./_own_trainers.ts";
import { copyFolder } from "./_project_copy.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readManifestIn, Workspace } from "./_workspace.ts";

const COPIES = ["trainers/centroids/centroids.ts", "trainers/centroids/lib/distances.ts"];

/** What every run on classes measures. */
const MEASURES = { train_loss: 1, train_accuracy: 0.5, validation_loss: 1 };

/** Sweeps with the module, moves the results and removes everything else but the dataset. */
async function afterMoving(
  work: (workspace: Workspace, folder: string) => Promise<void>,
): Promise<void> {
  await Workspace.use(async (workspace) => {
    await writeModule(workspace);
    const swept = await workspace.sweep(await workspace.experiment(MODULE_EXPERIMENT), "out");
    const folder = workspace.path("received");
    await copyFolder(swept, folder);
    for (const name of ["out", "models"]) {
      await Deno.remove(workspace.path(name), { recursive: true });
    }
    await work(workspace, folder);
  });
}

Deno.test("a sweep's folder has a copy of the trainer's module, and verifies elsewhere", () =>
  afterMoving(async (workspace, folder) => {
    const paths = await pathsIn(folder);
    assertEquals(paths.filter((path) => path.startsWith("trainers/")).sort(), COPIES);
    const { files, own } = await readManifestIn(folder);
    assertEquals(Object.keys(files).filter((name) => name.includes("/")).sort(), COPIES);
    assertEquals(own.map(({ name, kind }: typeof own) => [name, kind]), [["centroids", "module"]]);
    const kept = await Deno.readTextFile(join(folder, "experiment.yaml"));
    assertStringIncludes(kept, `trainer: ${COPIES[0]}\n`);

    const dataset = ["--dataset", workspace.path("points.csv")];
    const { code, stdout, stderr } = await runTask("verify", folder, ...dataset);
    assertEquals([code, stderr], [0, ""], stdout);
    for (const name of COPIES) assertStringIncludes(stdout, `PASS  ${name}\n`);
    assertStringIncludes(stdout, `PASS  ${folder}: 4 runs and `);
    assertEquals((await runTask("report", folder)).code, 0);
    assertEquals((await runTask("compare", folder, folder)).code, 0);
  }));

Deno.test("verify says that a copy of the trainer's module was changed", () =>
  afterMoving(async (workspace, folder) => {
    const path = join(folder, COPIES[1]);
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("distance = 1", "distance = 2"));
    const dataset = ["--dataset", workspace.path("points.csv")];
    const { code, stdout } = await runHere("verify", folder, ...dataset);
    assertEquals(code, 1);
    assertStringIncludes(
      stdout,
      `FAIL  ${COPIES[1]}\n    Its SHA-256 is not that in manifest.json: it was changed since\n`,
    );
  }));

Deno.test("a store holds the runs of two versions of a module", () =>
  Workspace.use(async (workspace) => {
    await writeModule(workspace);
    const file = await workspace.experiment(MODULE_EXPERIMENT);
    const sweep = async (...options: string[]) => {
      const { code, stdout, stderr } = await runTask(
        ...["sweep", file, "--reports", workspace.path("out"), ...options] as const,
      );
      assertEquals(code, 0, stderr);
      return stdout.match(/^(\w+: \d+ runs, .*), in /m)?.[1];
    };
    const counts = (trained: number, known: number) => {
      return `points: 4 runs, ${trained} trained, ${known} reused`;
    };
    assertEquals(await sweep(), counts(4, 0));
    assertEquals(await sweep(), counts(0, 4));
    // Any character counts, a comment's too.
    const [name, text] = Object.entries(MODULE_FILES)[1];
    await workspace.write(name, text.replace("Closer", "Nearer"));
    assertEquals(await sweep("--name", "other"), counts(4, 0).replace("points", "other"));
    const folders = ["points", "other"].map((name) => workspace.path("out", name));
    const compared = await runHere("compare", ...folders);
    assertEquals(compared.code, 0, compared.stderr);
    const counted = "runs: 0 identical, 0 different, 4 only in A, 4 only in B\n";
    assertStringIncludes(compared.stdout, counted);
    // Only a comment differs.
    assertMatch(compared.stdout, /\nshrinkage=10( +[\d.]+% \(2\)){2} +0\.00 /);
    await workspace.write(name, text);
    assertEquals(await sweep(), counts(0, 4));
    assertEquals(await countRecords(workspace.path("out")), 8);
  }));

Deno.test("verify refuses a module that other versions of its packages were used with", () =>
  Workspace.use(async (workspace) => {
    await workspace.write(
      "drawn.ts",
      `import seedrandom from "seedrandom";
      import { parse } from "yaml";
      export default {
        name: "drawn",
        *train({ seed }) {
          yield { step: 0, measures: { score: seedrandom(seed)() + parse("1") } };
        },
      };`,
    );
    const metric = "{ key: score, better: larger }";
    const file = await workspace.write(
      "points.yaml",
      `name: points\ntrainer: ./drawn.ts\nmetric: ${metric}\nseeds: 2\n`,
    );
    const folder = await workspace.sweep(file, "out");
    assertEquals((await runHere("verify", folder)).code, 0);

    // As if deno.json had had another version when the folder was made.
    const path = join(folder, "manifest.json");
    const text = await Deno.readTextFile(path);
    const [, here] = text.match(/"(yaml@[\d.]+)"/) ?? [];
    await Deno.writeTextFile(path, text.replace(`"${here}"`, '"yaml@1.10.2"'));
    const { code, stdout, stderr } = await runHere("verify", folder);
    assertEquals([code, stdout], [2, ""]);
    const said =
      `Cannot verify ${folder}: it was made by trainer drawn with yaml@1.10.2; here it ` +
      `has ${here}. Versions differ in their results by design; verify it with the regsweep that ` +
      "made it";
    assertEquals(stderr.replace(/ \(commit \w+\)\n$|\n$/, ""), said);
  }));

/** Does work with a folder in which a program's results are, but nothing else of its sweep. */
async function afterProgram(
  name: ProgramName,
  lines: string,
  work: (folder: string, dataset: readonly string[], env: Record<string, string>) => Promise<void>,
): Promise<void> {
  await Workspace.use(async (workspace) => {
    await writeProgram(workspace, name);
    // Scores on test rows need a second run, which has to be the same unless the experiment says so.
    const isScored = name === "exact" || lines.includes("deterministic: false");
    const split = `{ train: 0.7, ${
      isScored ? "validation: 0.1, test: 0.2" : "validation: 0.3, test: 0"
    } }`;
    const file = await workspace.write(
      "points.yaml",
      `name: points
dataset: { path: points.csv, target: class, split: ${split} }
${programExperiment(name, lines)}`,
    );
    const env = { XDG_STATE_HOME: workspace.path("state") };
    const args = [file, "--reports", workspace.path("out"), "--yes", "--quiet"];
    const { code, stderr } = await finish(startTask("sweep-program", args, { env }));
    assertEquals(code, 0, stderr);
    // Scores on the test rows are known, too.
    const again = await finish(startTask("sweep-program", args, { env }));
    assertEquals(again, { code: 0, stdout: "", stderr: "" });
    const folder = workspace.path("received");
    await copyFolder(workspace.path("out", "points"), folder);
    for (const name of ["out", "models"]) {
      await Deno.remove(workspace.path(name), { recursive: true });
    }
    await work(folder, ["--dataset", workspace.path("points.csv")], env);
  });
}

Deno.test("a sweep's folder has a copy of a program, which verify-program starts elsewhere", () =>
  afterProgram("exact", "", async (folder, dataset, env) => {
    const args = [folder, ...dataset, "--yes"];
    const { code, stdout, stderr } = await finish(startTask("verify-program", args, { env }));
    assertEquals(code, 0, stdout + stderr);
    assertStringIncludes(stdout, "PASS  trainers/exact/exact.sh\n");
    assertStringIncludes(stdout, `PASS  ${folder}: 4 runs and `);
    assertStringIncludes(stdout, "PASS  test.csv\n");
    const sample = await finish(startTask("verify-program", [...args, "--sample", "1"], { env }));
    assertEquals(sample.code, 0, sample.stdout);
    const copies = (await pathsIn(folder)).filter((path) => path.startsWith("trainers/"));
    assertEquals(copies, ["trainers/exact/exact.sh"]);

    const path = join(folder, "trainers", "exact", "exact.sh");
    await Deno.writeTextFile(path, `${PROGRAMS.exact}\n`);
    const changed = await finish(startTask("verify-program", args, { env }));
    assertEquals(changed.code, 1);
    assertStringIncludes(
      changed.stdout,
      "FAIL  trainers/exact/exact.sh\n" +
        "    Its SHA-256 is not that in manifest.json: it was changed since\n",
    );
  }));

Deno.test("verify tells a program that is not deterministic from results that differ", () =>
  afterProgram("noisy", "", async (folder, dataset, env) => {
    const args = [folder, ...dataset, "--yes"];
    const { code, stdout } = await finish(startTask("verify-program", args, { env }));
    assertEquals(code, 1, stdout);
    assertStringIncludes(
      stdout,
      "FAIL  c=2, seed 1\n    Trainer noisy is not deterministic: trained twice here, it gave two results\n",
    );
  }));

Deno.test("verify tells results that differ from a program that is not deterministic", () =>
  afterProgram("exact", "", async (folder, dataset, env) => {
    for (const name of ["runs.csv", "curves.csv"]) {
      const path = join(folder, name);
      const text = await Deno.readTextFile(path);
      assertStringIncludes(text, ",0.21");
      await Deno.writeTextFile(path, text.replaceAll(",0.21", ",0.91"));
    }
    const args = [folder, ...dataset, "--yes"];
    const { code, stdout } = await finish(startTask("verify-program", args, { env }));
    assertEquals(code, 1, stdout);
    const [found] = stdout.match(/^FAIL {2}c=2, seed 1\n( {4}.*\n)+/m) ?? [];
    assertStringIncludes(found ?? stdout, "Trained twice here, it gave the same result both times");
    assertStringIncludes(stdout, "PASS  c=2, seed 2\nPASS  c=3, seed 1\nPASS  c=3, seed 2\n");
    assertEquals(stdout.includes("not deterministic"), false, stdout);
  }));

Deno.test("verify checks files and statistics of a program that is marked as not deterministic", () =>
  afterProgram("noisy", "  deterministic: false", async (folder, dataset) => {
    const verify = () => runHere("verify", folder, ...dataset);
    const { code, stdout, stderr } = await verify();
    assertEquals([code, stderr], [0, ""], stdout);
    assertStringIncludes(stdout, `PASS  ${folder}: 0 of 4 runs and `);
    assertStringIncludes(stdout, "PASS  test.csv\n");
    assertStringIncludes(stdout, "Not checked: results of 4 runs of programs that are not ");

    const changes = {
      "cells.csv": "mean",
      "curves.csv": "validation_accuracy",
      "runs.csv": "validation_accuracy",
    };
    for (const [name, column] of Object.entries(changes)) {
      const path = join(folder, name);
      const text = await Deno.readTextFile(path);
      const lines = text.split("\n").map((line) => line.split(","));
      lines[1][lines[0].indexOf(column)] = "0.123";
      await Deno.writeTextFile(path, lines.map((fields) => fields.join(",")).join("\n"));
      const changed = await verify();
      assertEquals([changed.code, changed.stderr], [1, ""], changed.stdout);
      assertStringIncludes(changed.stdout, `FAIL  ${name}\n`);
      // Statistics are computed from the runs' curves.
      const follows = name === "curves.csv" ? "FAIL" : "PASS";
      assertStringIncludes(changed.stdout, `${follows}  comparisons.csv\n`);
      await Deno.writeTextFile(path, text);
    }
  }));

Deno.test("a sweep says what a program needs that is scored and not deterministic", () =>
  Workspace.use(async (workspace) => {
    await writeProgram(workspace, "noisy");
    const file = await workspace.experiment(programExperiment("noisy"));
    const env = { XDG_STATE_HOME: workspace.path("state") };
    const args = [file, "--reports", workspace.path("out"), "--yes"];
    const { code, stderr } = await finish(startTask("sweep-program", args, { env }));
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /^Cannot score c=2, seed 1: .* is not deterministic: .* \(.* needs deterministic: false\)$/m,
    );
  }));

Deno.test("verify-program starts a program that has no files", () =>
  Workspace.use(async (workspace) => {
    const line = JSON.stringify({ step: 0, measures: { ...MEASURES, validation_accuracy: 0.5 } });
    await Deno.mkdir(workspace.path("models"));
    const file = await workspace.write(
      "points.yaml",
      `name: points
dataset: { path: points.csv, target: class, split: { train: 0.7, validation: 0.3, test: 0 } }
trainer: { name: line, command: [echo, '${line}'], folder: models, tasks: [classification] }
`,
    );
    const env = { XDG_STATE_HOME: workspace.path("state") };
    const args = [file, "--reports", workspace.path("out"), "--yes", "--quiet"];
    const swept = await finish(startTask("sweep-program", args, { env }));
    assertEquals(swept.code, 0, swept.stderr);
    await Deno.remove(workspace.path("models"));
    const folder = workspace.path("out", "points");
    const { code, stdout } = await finish(startTask("verify-program", [folder, "--yes"], { env }));
    assertEquals(code, 0, stdout);
  }));

Deno.test("verify refuses a folder whose experiment names code elsewhere", () =>
  afterProgram("exact", "", async (folder, dataset) => {
    const path = join(folder, "experiment.yaml");
    const text = await Deno.readTextFile(path);
    const secret = join(folder, "..", "secret.ts");
    await Deno.writeTextFile(secret, "not even TypeScript: hunter2");
    const definition = text.match(/^trainer:\n(?: .*\n)+/m)?.[0] ?? "";
    assertStringIncludes(definition, "command:");
    const others = [
      ...["../secret.ts", secret, "trainers/exact/../../../secret.ts", "experiment.yaml"],
      ...["{ command: [cat], folder: .. }", `{ command: [cat], folder: ${folder} }`],
    ];
    for (const trainer of others) {
      await Deno.writeTextFile(path, text.replace(definition, `trainer: ${trainer}\n`));
      const { code, stdout, stderr } = await runHere("verify", folder, ...dataset);
      assertEquals(code, 1, stdout);
      assertStringIncludes(
        stderr,
        "Cannot verify an experiment with a trainer that is not in the sweep's folder\n",
      );
      assertEquals(stderr.includes("hunter2"), false, stderr);
    }
  }));
