import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { misbehavingWorkers } from "./_misbehaving_workers.ts";
import { ProjectCopy } from "./_project_copy.ts";
import { runHere } from "./_run_here.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { ALL_FILES, CSV_FILES, readManifestIn, Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [8], steps: 30, evaluate_every: 10 }
grid: [{ l2_penalty: [0, 0.01] }, { dropout: [0.3] }, { learning_rate: [1.0e+30] }]
seeds: 3
`;
const FILES = `${ALL_FILES.length} files`;

/** Does work with a folder that a sweep wrote. */
async function afterSweep(
  work: (workspace: Workspace, folder: string) => Promise<void>,
): Promise<void> {
  await Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    // Whatever is found to be right has been computed, not looked up.
    await Deno.remove(workspace.path("out", "store"), { recursive: true });
    await work(workspace, folder);
  });
}

/** Changes a file's text; the change has to change something. */
async function edit(path: string, change: (text: string) => string): Promise<void> {
  const before = await Deno.readTextFile(path);
  const after = change(before);
  assert(after !== before, `nothing was changed in ${path}`);
  await Deno.writeTextFile(path, after);
}

/** Changes one field of a CSV file, whose names hold no commas; lines count from 1. */
async function editField(
  path: string,
  line: number,
  column: string,
  change: (field: string) => string,
): Promise<void> {
  await edit(path, (text) => {
    const lines = text.split("\n").map((line) => line.split(","));
    const index = lines[0].indexOf(column);
    lines[line - 1][index] = change(lines[line - 1][index]);
    return lines.map((fields) => fields.join(",")).join("\n");
  });
}

/** Another last digit. */
function otherDigit(field: string): string {
  return field.slice(0, -1) + (field.endsWith("7") ? "3" : "7");
}

async function copyOf(folder: string, to: string): Promise<string> {
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(folder)) {
    await Deno.copyFile(join(folder, name), join(to, name));
  }
  return to;
}

Deno.test("verify: computes every run, and says PASS of each and of each file", () =>
  afterSweep(async (_, folder) => {
    const { code, stdout } = await runTask("verify", folder);
    assertEquals(code, 0);
    const lines = stdout.split("\n");
    const runs = ["l2_penalty=0", "l2_penalty=0.01", "dropout=0.3", "learning_rate=1e+30"]
      .flatMap((cell) => [1, 2, 3].map((seed) => `${cell}, seed ${seed}`));
    const expected = [...runs, ...CSV_FILES, "experiment.yaml", "report.html", "manifest.json"];
    assertEquals(lines.slice(0, expected.length), expected.map((subject) => `PASS  ${subject}`));
    assertStringIncludes(stdout, `\nPASS  ${folder}: 12 runs and ${FILES}, in `);
    assertStringIncludes(stdout, await sha256(await Deno.readTextFile(join(folder, "runs.csv"))));
    assertEquals(
      await runHere("verify", folder, "--quiet"),
      { code: 0, stdout: "", stderr: "" },
    );
  }));

Deno.test("verify: --sample computes as many runs as it says, the same for the same seed", () =>
  afterSweep(async (_, folder) => {
    const sampled = async (...args: string[]) => {
      const { code, stdout } = await runHere("verify", folder, "--sample", "4", ...args);
      assertEquals(code, 0);
      assertStringIncludes(stdout, `${folder}: 4 of 12 runs and ${FILES}`);
      return stdout.match(/^PASS .* seed \d+$/gm) ?? [];
    };
    const first = await sampled();
    assertEquals(first.length, 4);
    assertEquals(await sampled("--sample-seed", "1"), first);
    const others = await Promise.all(["2", "3", "4"].map((seed) => sampled("--sample-seed", seed)));
    assert(others.some((runs) => runs.join() !== first.join()));
  }));

Deno.test("verify: works from the folder alone, wherever that is now", () =>
  afterSweep(async (workspace, folder) => {
    await Deno.mkdir(workspace.path("far"));
    await Deno.mkdir(workspace.path("far", "away"));
    const copy = await copyOf(folder, workspace.path("far", "away", "copy"));
    await Deno.remove(folder, { recursive: true });
    const lost = await runHere("verify", copy);
    const checksum = await sha256(await Deno.readFile(workspace.path("points.csv")));
    assertEquals([lost.code, lost.stdout], [2, ""]);
    assertEquals(
      lost.stderr,
      `Cannot find dataset ${workspace.path("far", "points.csv")} ` +
        `(if it is elsewhere, give --dataset FILE; its SHA-256 is ${checksum})\n`,
    );
    const points = ["--dataset", workspace.path("points.csv")];
    assertEquals((await runHere("verify", copy, ...points)).code, 0);
    const nowhere = await runHere("verify", copy, "--dataset", workspace.path("none.csv"));
    assertEquals(nowhere.stderr, `Cannot find dataset ${workspace.path("none.csv")}\n`);
  }));

interface Tampering {
  readonly change: (folder: string) => Promise<void>;
  /** Lines of what verify says, in their order. */
  readonly finds: readonly RegExp[];
}

const CHANGED_SINCE = /^ {4}Its SHA-256 is not that in manifest\.json: it was changed since$/;

const TAMPERINGS: Record<string, Tampering> = {
  "one digit of one accuracy": {
    change: (folder) => editField(`${folder}/runs.csv`, 4, "validation_accuracy", otherDigit),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 3$/,
      /^ {4}curves\.csv is right at every step$/,
      /^ {4}validation_accuracy$/,
      /^ {6}expected [01]\.?\d*$/,
      /^ {6}actual {3}[01]\.?\d*$/,
      /^FAIL {2}runs\.csv$/,
      /^ {4}line 4: validation_accuracy$/,
      CHANGED_SINCE,
      /^FAIL {2}\/.*: 1 of 12 runs and 1 of \d+ files, in /,
    ],
  },
  "one digit of one digest": {
    change: (folder) => editField(`${folder}/runs.csv`, 2, "digest", otherDigit),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 1$/,
      /^ {4}digest$/,
      /^ {6}expected [0-9a-f]{64}$/,
      /^ {6}actual {3}[0-9a-f]{64}$/,
    ],
  },
  "one seed": {
    change: (folder) => editField(`${folder}/runs.csv`, 6, "seed", () => "4"),
    finds: [
      /^FAIL {2}l2_penalty=0\.01, seed 2$/,
      /^ {4}seed$/,
      /^ {6}expected 4$/,
      /^ {6}actual {3}2$/,
      /^ {4}line 6: seed$/,
    ],
  },
  "a swept value": {
    change: (folder) => editField(`${folder}/runs.csv`, 8, "dropout", () => "0.4"),
    finds: [/^FAIL {2}dropout=0\.3, seed 1$/, /^ {4}dropout$/, /^ {4}line 8: dropout$/],
  },
  "a figure on the way": {
    change: (folder) => editField(`${folder}/curves.csv`, 3, "train_loss", otherDigit),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 1$/,
      /^ {4}train_loss at step 10, the first that differs in curves\.csv$/,
      /^FAIL {2}curves\.csv$/,
      /^ {4}line 3: train_loss$/,
    ],
  },
  "a mean": {
    change: (folder) => editField(`${folder}/cells.csv`, 3, "mean", otherDigit),
    finds: [
      /^FAIL {2}cells\.csv$/,
      /^ {4}line 3: mean$/,
      CHANGED_SINCE,
      /: 1 of \d+ files, in /,
    ],
  },
  "a difference": {
    change: (folder) => editField(`${folder}/comparisons.csv`, 2, "mean_difference", otherDigit),
    finds: [/^FAIL {2}comparisons\.csv$/, /^ {4}line 2: mean_difference$/],
  },
  "a test score": {
    change: (folder) => editField(`${folder}/test.csv`, 2, "test_accuracy", otherDigit),
    finds: [/^FAIL {2}test\.csv$/, /^ {4}line 2: test_accuracy$/, CHANGED_SINCE],
  },
  "a test score too few": {
    change: (folder) => edit(`${folder}/test.csv`, (text) => text.replace(/(?<=\n).+\n$/, "")),
    finds: [/^FAIL {2}test\.csv$/, CHANGED_SINCE],
  },
  "a count of the confusion matrix": {
    change: (folder) => editField(`${folder}/confusion.csv`, 2, "count", otherDigit),
    finds: [/^FAIL {2}confusion\.csv$/, /^ {4}line 2: count$/],
  },
  "no test scores": {
    change: (folder) => Deno.remove(`${folder}/test.csv`),
    finds: [/^FAIL {2}test\.csv$/, /^ {4}It is missing$/],
  },
  "line ends": {
    change: (folder) => edit(`${folder}/runs.csv`, (text) => text.replaceAll("\n", "\r\n")),
    finds: [
      /^FAIL {2}runs\.csv$/,
      /^ {4}Its lines end with CR LF, not LF$/,
      /: 1 of \d+ files, in /,
    ],
  },
  "a run too few": {
    change: (folder) => edit(`${folder}/runs.csv`, (text) => text.replace(/(?<=\n).+\n$/, "")),
    finds: [
      /^FAIL {2}learning_rate=1e\+30, seed 3$/,
      /^ {4}experiment\.yaml has this run, runs\.csv does not$/,
      /: 1 of 12 runs and /,
    ],
  },
  "a run of another key": {
    change: (folder) => editField(`${folder}/runs.csv`, 3, "run", otherDigit),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 2$/,
      /^ {4}experiment\.yaml has this run, runs\.csv does not$/,
      /^FAIL {2}l2_penalty=0, seed 2$/,
      /^ {4}line 3 of runs\.csv: experiment\.yaml has no run of this key$/,
    ],
  },
  "a run without its curve": {
    change: (folder) =>
      edit(`${folder}/curves.csv`, (text) => text.replace(/(?<=\n)(.{64},)\d.*\n(\1.*\n)*/, "")),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 1$/,
      /^ {4}train_loss at step 0, the first that differs in curves\.csv$/,
      /^FAIL {2}curves\.csv$/,
    ],
  },
  "more seeds in the experiment": {
    change: (folder) =>
      edit(`${folder}/experiment.yaml`, (text) => text.replace("seeds: 3", "seeds: 4")),
    finds: [
      /^FAIL {2}l2_penalty=0, seed 4$/,
      /^ {4}experiment\.yaml has this run, runs\.csv does not$/,
      /^FAIL {2}experiment\.yaml$/,
      CHANGED_SINCE,
    ],
  },
  "another experiment": {
    change: (folder) =>
      edit(`${folder}/experiment.yaml`, (text) => text.replace("steps: 30", "steps: 31")),
    finds: [
      /^FAIL {2}experiment\.yaml$/,
      /^ {4}It is another sweep's: runs\.csv has none of its runs$/,
      CHANGED_SINCE,
    ],
  },
  "another metric in the experiment": {
    change: (folder) =>
      edit(
        `${folder}/experiment.yaml`,
        (text) => text.replace(/^metric: .*$/m, "metric: validation_loss"),
      ),
    finds: [/^FAIL {2}cells\.csv$/, /^FAIL {2}comparisons\.csv$/, /^FAIL {2}experiment\.yaml$/],
  },
  "the report": {
    change: (folder) => edit(`${folder}/report.html`, (text) => text.replace("<h1>", "<h1>No ")),
    finds: [
      /^FAIL {2}report\.html$/,
      /^ {4}These files give another report: line \d+ is the/,
      CHANGED_SINCE,
    ],
  },
  "the manifest": {
    change: (folder) =>
      edit(`${folder}/manifest.json`, (text) => text.replace(/("equivalence": ).*,/, "$10.5,")),
    finds: [/^FAIL {2}manifest\.json$/, /^ {4}experiment\.equivalence$/, /^ {6}expected 0\.5$/],
  },
  "a file that the sweep did not write": {
    change: async (folder) => {
      await Deno.writeTextFile(`${folder}/notes.txt`, "");
      await Deno.copyFile(`${folder}/test.csv`, `${folder}/units.csv`);
    },
    finds: [
      /^FAIL {2}notes\.txt$/,
      /^ {4}It is not one of this sweep's files$/,
      /^FAIL {2}units\.csv$/,
    ],
  },
  "a file too few": {
    change: (folder) => Deno.remove(`${folder}/cells.csv`),
    finds: [/^FAIL {2}cells\.csv$/, /^ {4}It is missing$/],
  },
};

Deno.test("verify: finds what was changed by hand, and says where", async (test) => {
  await afterSweep(async (workspace, folder) => {
    for (const [name, { change, finds }] of Object.entries(TAMPERINGS)) {
      await test.step(name, async () => {
        // Beside the other, so that the dataset is found.
        const copy = await copyOf(folder, workspace.path("out", "copy"));
        await change(copy);
        const { code, stdout, stderr } = await runHere("verify", copy, "--quiet");
        await Deno.remove(copy, { recursive: true });
        assertEquals([code, stderr], [1, ""]);
        const lines = stdout.split("\n");
        let from = 0;
        for (const find of finds) {
          const at = lines.findIndex((line, index) => index >= from && find.test(line));
          assert(at >= 0, `${find} is not in, or out of order:\n${stdout}`);
          from = at + 1;
        }
      });
    }
  });
});

Deno.test("verify: a sample does not find what is wrong with other runs' results alone", () =>
  afterSweep(async (_, folder) => {
    // One digest is seen by its checksum only, unless its run is computed.
    await editField(join(folder, "runs.csv"), 4, "digest", otherDigit);
    const checksum = await sha256(await Deno.readFile(join(folder, "runs.csv")));
    const manifest = await readManifestIn(folder);
    manifest.files["runs.csv"] = checksum;
    await Deno.writeTextFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    assertEquals((await runTask("report", folder)).code, 0);
    const codes = await Promise.all(["1", "2", "3", "4"].map(async (seed) => {
      const args = [folder, "--sample", "1", "--sample-seed", seed];
      const { code, stdout } = await runHere("verify", ...args);
      assertEquals(code, stdout.includes("FAIL  l2_penalty=0, seed 3") ? 1 : 0);
      return code;
    }));
    assert(codes.includes(0));
    assertEquals((await runHere("verify", folder)).code, 1);
  }));

Deno.test("verify: a CSV file that is none any more is exit code 1, with its place", () =>
  afterSweep(async (_, folder) => {
    await editField(join(folder, "runs.csv"), 3, "train_loss", () => "small");
    const { code, stdout, stderr } = await runHere("verify", folder);
    assertEquals([code, stdout], [1, ""]);
    assertEquals(stderr, 'runs.csv:3: Cannot use "small" as train_loss: it is not a number\n');
  }));

Deno.test("verify: a folder that no sweep wrote is exit code 2", () =>
  Workspace.use(async (workspace) => {
    const { code, stderr } = await runHere("verify", workspace.folder);
    assertEquals(code, 2);
    assertStringIncludes(stderr, `Cannot read ${workspace.path("experiment.yaml")}: no such file`);
  }));

Deno.test("verify: another dataset is found by its checksum", () =>
  afterSweep(async (workspace, folder) => {
    const points = workspace.path("points.csv");
    const expected = await sha256(await Deno.readFile(points));
    await edit(points, (text) => text.replace("10,11,", "10,12,"));
    const { code, stdout, stderr } = await runHere("verify", folder);
    assertEquals([code, stderr], [1, ""]);
    assertStringIncludes(
      stdout,
      [
        `FAIL  ${points}`,
        "    It is not the sweep's dataset: its SHA-256 is another",
        `      expected ${expected}`,
        `      actual   ${await sha256(await Deno.readFile(points))}`,
      ].join("\n"),
    );
  }));

Deno.test("verify: another version of the trainer is not a difference in results", () =>
  afterSweep((_, folder) =>
    ProjectCopy.use(async (copy) => {
      await edit(
        copy.path("src/trainers/mlp/mlp.ts"),
        (text) => text.replace(/( version: )(\d+)/, (_, start, version) => start + version + 1),
      );
      const { code, stdout, stderr } = await copy.runTask("verify", folder);
      assertEquals([code, stdout], [2, ""]);
      assertStringIncludes(stderr, `Cannot verify ${folder}: it was made by version `);
      assertStringIncludes(stderr, "Versions differ in their results by design");
    })
  ));

Deno.test("verify: one coefficient of the kernels is enough to fail", () =>
  afterSweep((_, folder) =>
    ProjectCopy.use(async (copy) => {
      const right = await copy.runTask("verify", folder, "--quiet");
      assertEquals(right, { code: 0, stdout: "", stderr: "" });
      const kernels = copy.path("src/kernels/kernels.wasm");
      const before = await sha256(await Deno.readFile(kernels));
      await Deno.writeFile(kernels, withOtherCoefficient(await Deno.readFile(kernels)));
      const { code, stdout } = await copy.runTask("verify", folder);
      assertEquals(code, 1);
      assertStringIncludes(
        stdout,
        "FAIL  l2_penalty=0, seed 1\n    train_loss at step 0, the first",
      );
      assertStringIncludes(stdout, "    digest\n      expected ");
      const after = await sha256(await Deno.readFile(kernels));
      assertStringIncludes(stdout, `SHA-256 of kernels.wasm: ${before} then, ${after} now`);
    })
  ));

/** The kernels with 1/6 in the series of their float32 exp, in all lanes, off by a ten-thousandth. */
function withOtherCoefficient(kernels: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const pattern = new Uint8Array(Float32Array.of(1 / 6, 1 / 6, 1 / 6, 1 / 6).buffer);
  const other = new Uint8Array(new Float32Array(4).fill(1.0001 / 6).buffer);
  let found = 0;
  for (let at = 0; at + pattern.length <= kernels.length; at++) {
    if (!pattern.every((byte, index) => kernels[at + index] === byte)) continue;
    kernels.set(other, at);
    found++;
  }
  assert(found > 0, "the kernels have no such coefficient");
  return kernels;
}

const TWO_SEEDS = "fixed: { steps: 2, hidden: [8] }\nseeds: [1, 3]\n";

Deno.test("verify: a run that cannot be trained fails", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(TWO_SEEDS), "out");
    const importMap = await misbehavingWorkers(workspace, 'throw new Error("boom")');
    const { code, stdout } = await finish(startTask("verify", [folder], { importMap }));
    assertEquals(code, 1);
    assertStringIncludes(stdout, ", seed 1\n");
    assertStringIncludes(stdout, ", seed 3\n    It cannot be trained: ");
  }));

Deno.test("verify: a run that failed in the sweep is not trained, and nothing is wrong with it", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(TWO_SEEDS);
    const importMap = await misbehavingWorkers(workspace, 'throw new Error("boom")');
    const reports = workspace.path("out");
    await finish(startTask("sweep", [file, "--reports", reports], { importMap }));
    const { code, stdout } = await runHere("verify", join(reports, "points"));
    assertEquals(code, 0, stdout);
    assertStringIncludes(stdout, ", seed 1\n");
    assert(!stdout.includes(", seed 3\n"), stdout);
    assertStringIncludes(stdout, "points: 1 of 2 runs and ");
    assertStringIncludes(
      stdout,
      "Not checked: 1 run that failed in the sweep, so there is no result",
    );
  }));

Deno.test("verify: Ctrl-C ends it, with exit code 130", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment("fixed: { hidden: [64], steps: 5000 }\nseeds: 24\n");
    const folder = await workspace.sweep(file, "out");
    // Where it has not begun it says nothing, and the next time it is left for longer.
    for (let milliseconds = 300; milliseconds < 1000 * HANG_SECONDS; milliseconds *= 1.3) {
      const task = startTask("verify", [folder]);
      const timer = setTimeout(() => task.kill("SIGINT"), milliseconds);
      const { code, stdout, stderr } = await finish(task);
      clearTimeout(timer);
      if (stderr === "") continue;
      assertEquals([code, stdout], [130, ""]);
      assert(/^Stopped; \d+ of 24 runs checked$/m.test(stderr), stderr);
      return;
    }
    throw new Error("it could not be interrupted while it worked");
  }));
