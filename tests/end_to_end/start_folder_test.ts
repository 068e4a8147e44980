import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { finish, PROJECT } from "./_task.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

/** Runs a task by `deno task`, as a user does in some folder. */
async function denoTask(cwd: string, ...args: string[]) {
  const { INIT_CWD: _, ...env } = Deno.env.toObject();
  const command = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", join(PROJECT, "deno.json"), ...args],
    cwd,
    clearEnv: true,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  return await finish(command.spawn());
}

Deno.test("deno task finds what its operands name from the folder that it is called in", async () => {
  const experiments = join(PROJECT, "experiments");
  const { code, stdout, stderr } = await denoTask(experiments, "plan", "quick.yaml");
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, `dataset  ${join("..", "data", "digits.csv")}: 1,797 rows`);
  assertEquals(
    (await denoTask(experiments, "plan", "experiments/quick.yaml")).stderr,
    `Cannot find experiments/quick.yaml (looked in ${join(experiments, "experiments")})\n`,
  );
});

Deno.test("deno task puts a sweep's results where it is called, and finds them there", () =>
  Workspace.use(async (workspace) => {
    await workspace.experiment("fixed: { steps: 5, evaluate_every: 5 }\nseeds: 2\n");
    const { folder } = workspace;
    const sweep = await denoTask(folder, "sweep", "points.yaml", "--quiet");
    assertEquals(sweep, { code: 0, stdout: "", stderr: "" });
    const { experiment } = await readManifestIn(workspace.path("reports", "points"));
    assertEquals(experiment.file, "points.yaml");
    const { code, stdout } = await denoTask(folder, "verify", "reports/points");
    assertEquals(code, 0, stdout);
    assertStringIncludes(stdout, `PASS  ${join("reports", "points")}: 2 runs and`);
  }));
