import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { makePipe } from "../files/_special_files.ts";
import { finish, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { hidden: [8], steps: 20, evaluate_every: 10 }\nseeds: 2\n";

/** Tests that a command ends with one line about a file, and reads nothing of it. */
async function assertRefuses(
  [name, ...args]: readonly string[],
  message: string,
  code = 2,
): Promise<void> {
  const task = startTask(name, args);
  // One that waits for a pipe does not heed other signals.
  const timer = setTimeout(() => task.kill("SIGKILL"), HANG_SECONDS * 1000);
  const finished = await finish(task);
  clearTimeout(timer);
  assertEquals([finished.code, finished.stdout], [code, ""], finished.stderr);
  assertStringIncludes(finished.stderr, message);
  assert(!finished.stderr.includes("    at "), finished.stderr);
}

function unixTest(name: string, fn: (workspace: Workspace) => Promise<void>): void {
  Deno.test({ name, ignore: Deno.build.os === "windows", fn: () => Workspace.use(fn) });
}

unixTest("sweep, plan and train: a pipe or a device is no dataset", async (workspace) => {
  const file = await workspace.experiment(EXPERIMENT);
  const zipped = await workspace.write(
    "zipped.yaml",
    `name: zipped\ndataset: { path: points.csv.gz, target: class }\n${EXPERIMENT}`,
  );
  const points = workspace.path("points.csv");
  await Deno.remove(points);
  await makePipe(points);
  await Deno.symlink("/dev/zero", `${points}.gz`);
  for (const task of ["sweep", "plan", "train"]) {
    await assertRefuses([task, file], `dataset ${points}: it is a pipe, not a file`);
    await assertRefuses([task, zipped], `dataset ${points}.gz: it is a device, not a file`);
  }
});

unixTest("plan: a pipe or a device is no experiment", async (workspace) => {
  const pipe = workspace.path("pipe.yaml");
  await makePipe(pipe);
  await assertRefuses(["plan", pipe], `Cannot read ${pipe}: it is a pipe, not a file`);
  await assertRefuses(["plan", "/dev/zero"], "Cannot read /dev/zero: it is a device, not a file");
  const file = await workspace.experiment(`${EXPERIMENT}extends: pipe.yaml\n`);
  await assertRefuses(["plan", file], `Cannot read ${pipe}: it is a pipe, not a file`);
});

unixTest(
  "verify, report, models and compare: a pipe or a device is no result",
  async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(EXPERIMENT), "out");
    const commands = [["verify", folder], ["report", folder], ["models", folder], [
      "compare",
      folder,
      folder,
    ]];
    for (const name of ["runs.csv", "manifest.json"]) {
      const path = join(folder, name);
      await Deno.rename(path, `${path}.whole`);
      await Deno.symlink("/dev/zero", path);
      for (const command of commands) {
        await assertRefuses(command, `Cannot read ${path}: it leads out of ${folder}`);
      }
      await Deno.remove(path);
      await makePipe(path);
      for (const command of commands) {
        await assertRefuses(command, `Cannot read ${path}: it is a pipe, not a file`);
      }
      await Deno.remove(path);
      await Deno.rename(`${path}.whole`, path);
    }
    await makePipe(workspace.path("pipe.csv"));
    for (const path of ["/dev/zero", workspace.path("pipe.csv")]) {
      await assertRefuses(["verify", folder, "--dataset", path], `Cannot read ${path}: it is a `);
    }
  },
);
