import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { runTask } from "./_task.ts";
import { countRecords, readCsvFiles, Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { hidden: [8], steps: 100, evaluate_every: 1 }\nseeds: 40\n";

Deno.test("sweep: a reports folder that is a file is exit code 1", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const reports = workspace.path("reports");
    await Deno.writeTextFile(reports, "");
    const { code, stdout, stderr } = await runTask("sweep", file, "--reports", reports);
    assertEquals([code, stdout], [1, ""]);
    const what = `${reports} is a file, not a folder`;
    assertEquals(stderr, `Cannot make the folder ${join(reports, "points")}: ${what}\n`);
  }));

Deno.test({
  name: "sweep: a reports folder that is a link to no folder is exit code 1, and the link stays",
  ignore: Deno.build.os === "windows",
  fn: () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const targets = {
        "points.csv": "is a symbolic link to a file, not to a folder",
        "missing/folder": "is a symbolic link that leads nowhere",
        reports: "is a symbolic link that leads nowhere",
      };
      for (const [target, what] of Object.entries(targets)) {
        const reports = workspace.path("reports");
        await Deno.symlink(target, reports);
        const { code, stdout, stderr } = await runTask("sweep", file, "--reports", reports);
        const message = `Cannot make the folder ${join(reports, "points")}: ${reports} ${what}\n`;
        assertEquals([code, stdout, stderr], [1, "", message]);
        assertEquals(await Deno.readLink(reports), target);
        await Deno.remove(reports);
      }
    }),
});

Deno.test({
  name: "sweep: a link out of the reports is no folder for results, and nothing there is touched",
  ignore: Deno.build.os === "windows",
  fn: () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const [reports, elsewhere] = [workspace.path("reports"), workspace.path("elsewhere")];
      for (const folder of [reports, elsewhere]) await Deno.mkdir(folder);
      await workspace.write("elsewhere/manifest.json", "{}");
      await workspace.write("elsewhere/test.csv", "a,b");
      await Deno.symlink("../elsewhere", join(reports, "points"));
      const { code, stderr } = await runTask("sweep", file, "--reports", reports);
      const message = `Cannot make the folder ${
        join(reports, "points")
      }: it leads out of ${reports}`;
      assertEquals([code, stderr], [1, `${message}\n`]);
      assertEquals((await readCsvFiles(elsewhere))["test.csv"], "a,b");
      assertEquals(await Deno.readTextFile(join(elsewhere, "manifest.json")), "{}");

      // The folder of reports may be a link itself.
      await Deno.remove(join(reports, "points"));
      await Deno.symlink(reports, workspace.path("linked"));
      await workspace.sweep(file, "linked");
      assertEquals((await readCsvFiles(elsewhere))["test.csv"], "a,b");
    }),
});

Deno.test("sweep: a full disk is exit code 1, and finished runs are kept", async (test) => {
  const reports = await Deno.makeTempDir({ prefix: "regsweep-disk-" });
  try {
    // Forty records take twice as much.
    const isMounted = await run("mount", "-t", "tmpfs", "-o", "size=400k", "regsweep", reports);
    await test.step({
      name: isMounted ? "on a small file system" : "skipped: mounting one needs root and Linux",
      ignore: !isMounted && !IS_CI,
      fn: () => Workspace.use((workspace) => fillDisk(workspace, reports)),
    });
    if (isMounted) await run("umount", reports);
  } finally {
    await Deno.remove(reports);
  }
});

async function fillDisk(workspace: Workspace, reports: string): Promise<void> {
  const file = await workspace.experiment(EXPERIMENT);
  const full = await runTask("sweep", file, "--reports", reports);
  assertEquals([full.code, full.stdout], [1, ""]);
  assertStringIncludes(full.stderr, `Cannot write to ${join(reports, "store")}: no space left`);
  assert(!full.stderr.includes("    at "), full.stderr);
  const kept = await countRecords(reports);
  assert(0 < kept && kept < 40, `${kept} runs are kept`);

  await run("mount", "-o", "remount,size=50m", reports);
  const resumed = await runTask("sweep", file, "--reports", reports);
  assertEquals([resumed.code, resumed.stderr], [0, ""]);
  assertStringIncludes(resumed.stdout, `${40 - kept} trained, ${kept} reused`);
  const undisturbed = await workspace.sweep(file, "undisturbed");
  assertEquals(await readCsvFiles(join(reports, "points")), await readCsvFiles(undisturbed));
}

/** Whether a program could be run and was content. */
async function run(program: string, ...args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
