import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../_until.ts";
import { finish, runTask, startTask } from "./_task.ts";
import { countRecords, readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

// Some 50 ms per run, so that there is a middle to be interrupted in.
const EXPERIMENT = `
fixed: { hidden: [32, 32], evaluate_every: 500 }
grid: { l1_penalty: [0, 0.001, 0.01], steps: [1500, 2000] }
seeds: 4
`;
const RUNS = 24;

/** Sends a signal to a sweep when some of its runs are done; gives what it said. */
async function interrupt(workspace: Workspace, file: string, signal: Deno.Signal) {
  const reports = workspace.path("interrupted");
  const task = startTask("sweep", [file, "--reports", reports]);
  await until(async () => await countRecords(reports) >= RUNS / 4);
  task.kill(signal);
  return await finish(task);
}

for (
  const [signal, expectedCode] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGKILL", 137]] as const
) {
  Deno.test(`sweep: after ${signal} the same command does the rest`, () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const { code, stdout, stderr } = await interrupt(workspace, file, signal);
      assertEquals([code, stdout], [expectedCode, ""]);
      const kept = await countRecords(workspace.path("interrupted"));
      assert(kept < RUNS, "the sweep was too fast to be interrupted");
      if (signal !== "SIGKILL") {
        const stopped =
          `Stopped; ${kept} of ${RUNS} runs are kept, and the same command does the rest`;
        const results = workspace.path("interrupted", "points");
        const report = `${results}/report.html shows what there is`;
        // On a machine that is very busy, it may take too long.
        const lines = stderr.split("\n").filter((line) => !line.startsWith("No report is written"));
        assertEquals(lines.filter((line) => line !== report), [stopped, ""]);
        if (lines.includes(report)) {
          const { state, unfinished, runs } = await readManifestIn(results);
          assertEquals([state, unfinished], ["unfinished", { planned: RUNS, why: "interrupted" }]);
          assertEquals(runs.total, kept);
          const verified = await runTask("verify", results);
          assertEquals([verified.code, verified.stderr], [0, ""], verified.stdout);
          assertStringIncludes(
            verified.stdout,
            `The sweep is unfinished: it has ${kept} of ${RUNS}`,
          );
        }
      }
      const [resumed, undisturbed] = await Promise.all([
        workspace.sweep(file, "interrupted"),
        workspace.sweep(file, "undisturbed"),
      ]);
      assertEquals(await readCsvFiles(resumed), await readCsvFiles(undisturbed));
      const { runs } = await readManifestIn(resumed);
      assertEquals([runs.known, runs.trained], [kept, RUNS - kept]);
    }));
}

Deno.test("sweep: two SIGINTs within a moment are one Ctrl-C", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const reports = workspace.path("out");
    const task = startTask("sweep", [file, "--reports", reports]);
    await until(async () => await countRecords(reports) >= 1);
    // As a terminal and `deno task` pass it on.
    task.kill("SIGINT");
    task.kill("SIGINT");
    const { code, stderr } = await finish(task);
    assertEquals(code, 130);
    assertStringIncludes(stderr, "the same command does the rest");
  }));
