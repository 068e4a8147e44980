import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../_until.ts";
import { assertSameFiles } from "./_assert_same_files.ts";
import { PROGRAM_FILE, programExperiment, withState } from "./_own_program.ts";
import { finish, type Finished, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const SHIFTS = { grid: { shift: [0, 0.5, 1] }, seeds: 4 };

/** A workspace's tasks, which keep approvals there. */
function tasksIn(workspace: Workspace) {
  return (name: string, ...args: string[]): Promise<Finished> =>
    finish(startTask(name, args, withState(workspace)));
}

Deno.test("a program is swept without a dataset, reported, and verified", () =>
  Workspace.use(async (workspace) => {
    const run = tasksIn(workspace);
    const file = await programExperiment(workspace, SHIFTS);
    const reports = ["--reports", workspace.path("out")];
    const folder = workspace.path("out", "points");

    const planned = await run("plan", file, ...reports);
    assertEquals([planned.code, planned.stderr], [0, ""]);
    assertStringIncludes(planned.stdout, "0 known, 12 to train\n");

    const swept = await run("sweep-program", file, ...reports, "--yes");
    assertEquals(swept.code, 0, swept.stderr);
    assertStringIncludes(swept.stdout, "points: 12 runs, 12 trained, 0 reused");
    const texts = await readCsvFiles(folder);
    assert(
      texts["runs.csv"].startsWith("run,cell,replicate,seed,shift,status,"),
      texts["runs.csv"],
    );
    assertEquals(texts["runs.csv"].match(/,completed,/g)?.length, 12);
    assertEquals(texts["curves.csv"].trimEnd().split("\n").length, 1 + 2 * 12);
    assertStringIncludes(texts["curves.csv"].split("\n")[0], "score,cost");
    assert(!("test.csv" in texts));
    const html = await Deno.readTextFile(`${folder}/report.html`);
    assertStringIncludes(html, "Shift");
    assertStringIncludes(html, `<code>deno task sweep-program ${file} `);

    const verified = await run("verify-program", folder, "--yes");
    assertEquals(verified.code, 0, verified.stderr);
    assertStringIncludes(verified.stdout, "12 runs and ");
  }));

Deno.test("a program is started with the permission alone, and after it was shown", () =>
  Workspace.use(async (workspace) => {
    const run = tasksIn(workspace);
    const file = await programExperiment(workspace, SHIFTS);
    const reports = ["--reports", workspace.path("out")];

    for (const [name, other] of [["sweep", "sweep-program"], ["train", "train-program"]]) {
      const refused = await run(name, file, ...name === "sweep" ? reports : []);
      assertEquals([refused.code, refused.stdout], [2, ""]);
      assertStringIncludes(refused.stderr, `deno task ${other} `);
      assertEquals(refused.stderr.trimEnd().split("\n").length, 1);
    }
    const asked = await run("sweep-program", file, ...reports);
    assertEquals([asked.code, asked.stdout], [2, ""]);
    assertStringIncludes(asked.stderr, "--yes");
    assertStringIncludes(asked.stderr, PROGRAM_FILE);
    assertEquals(await countRecords(workspace.path("out")), 0);

    assertEquals((await run("sweep-program", file, ...reports, "--yes")).code, 0);
    // From then on it is known, for any command.
    assertEquals((await run("train-program", file)).code, 0);
    const own = workspace.path(PROGRAM_FILE);
    await Deno.writeTextFile(own, `${await Deno.readTextFile(own)}\n`);
    assertEquals((await run("train-program", file)).code, 2);
    for await (const { name } of Deno.readDir(workspace.path("out"))) {
      assert(["points", "store", "index.html"].includes(name), name);
    }
  }));

Deno.test("a change of a program's files or command makes its runs new ones, one of its timeout does not", () =>
  Workspace.use(async (workspace) => {
    const run = tasksIn(workspace);
    const summary = async (members: Record<string, unknown>) => {
      const file = await programExperiment(workspace, SHIFTS, members);
      const options = ["--reports", workspace.path("out"), "--yes"];
      return (await run("sweep-program", file, ...options)).stdout;
    };
    assertStringIncludes(await summary({}), "12 trained, 0 reused");
    assertStringIncludes(await summary({ timeout: 50, retries: 2 }), "0 trained, 12 reused");
    assertStringIncludes(await summary({ env: { GREETING: "hello" } }), "12 trained, 0 reused");
  }));

/** Runs that take long enough to be interrupted between them. */
const SLOW_SHIFTS = { ...SHIFTS, fixed: { seconds: 0.2 } };

Deno.test("a program gives the same bytes with 1, 2 and 5 workers, and after it was killed", () =>
  Workspace.use(async (workspace) => {
    const file = await programExperiment(workspace, SLOW_SHIFTS);
    const sweep = (name: string, workers: number) => {
      const reports = ["--reports", workspace.path(name), "--workers", `${workers}`];
      const args = [file, ...reports, "--yes", "--quiet"];
      return startTask("sweep-program", args, withState(workspace));
    };
    const filesOf = async (name: string, workers: number) => {
      const { code, stderr } = await finish(sweep(name, workers));
      assertEquals(code, 0, stderr);
      return await readCsvFiles(workspace.path(name, "points"));
    };
    const expected = await filesOf("1", 1);
    assertEquals(expected["runs.csv"].match(/,completed,/g)?.length, 12);
    for (const workers of [2, 5]) {
      assertSameFiles(await filesOf(`${workers}`, workers), expected);
    }
    for (const [signal, records, code] of [["SIGKILL", 2, 137], ["SIGINT", 5, 130]] as const) {
      const task = sweep("killed", 1);
      await until(async () => await countRecords(workspace.path("killed")) >= records);
      task.kill(signal);
      assertEquals((await finish(task)).code, code, "the sweep was too fast to be interrupted");
    }
    assertSameFiles(await filesOf("killed", 2), expected);
    const { runs } = await readManifestIn(workspace.path("killed", "points"));
    assert(runs.known >= 5 && runs.known + runs.trained === 12, JSON.stringify(runs));
  }));

Deno.test("each run of a program that misbehaves fails in words, and the others have results", () =>
  Workspace.use(async (workspace) => {
    const run = tasksIn(workspace);
    const faults = ["none", "exit", "words", "endless", "nan", "surroundings"];
    const file = await programExperiment(workspace, { grid: { fault: faults }, seeds: 1 }, {
      timeout: 10,
      env: { GREETING: "hello" },
    });
    const { code, stderr } = await run(
      "sweep-program",
      file,
      "--reports",
      workspace.path("out"),
      "--yes",
    );
    assertEquals(code, 1);
    const runs = await Deno.readTextFile(workspace.path("out/points/runs.csv"));
    const statuses = Object.fromEntries(
      Array.from(
        runs.matchAll(/,fault=(\w+),.*,(completed|diverged|failed),/g),
        ([, fault, status]) => [fault, status],
      ),
    );
    assertEquals(statuses, {
      none: "completed",
      exit: "failed",
      words: "failed",
      endless: "failed",
      nan: "diverged",
      surroundings: "completed",
    });
    for (
      const words of [
        "no such luck",
        "Epoch 1 of 10",
        "10 s",
        "OMP_NUM_THREADS=1 GREETING=hello SECRET=None",
      ]
    ) {
      assertStringIncludes(stderr, words);
    }
    await assertEnded(stderr);
  }));

/** Every process that messages name as a child has ended. */
async function assertEnded(stderr: string): Promise<void> {
  const children = Array.from(stderr.matchAll(/child (\d+)/g), ([, pid]) => pid);
  assert(children.length > 0, stderr);
  for (const pid of children) {
    await until(async () => {
      const status = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
      return status === "" || / Z /.test(status) || !status.includes("(sleep)");
    });
  }
}
