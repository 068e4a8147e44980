import { assertEquals, assertStringIncludes } from "@std/assert";
import { isThere } from "../../src/files/facts.ts";
import { finish, type Finished, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { steps: 5, evaluate_every: 1, hidden: [4] }\nseeds: 2\n";
const FULL_DISK = "/dev/full";

/** Runs a task whose output goes where a line of the shell says. */
async function runInto(redirection: string, task: string, ...args: string[]): Promise<Finished> {
  const launcher = ["sh", "-c", `"$0" "$@" ${redirection}`];
  return await finish(startTask(task, args, { launcher }));
}

Deno.test({
  name: "a full disk under standard output is one sentence and exit code 1, after all work",
  ignore: !await isThere(FULL_DISK),
  fn: () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const reports = ["--reports", workspace.path("out")];
      const weights = workspace.path("weights.safetensors");
      const commands = [
        ["sweep", file, ...reports],
        ["plan", file, ...reports],
        ["train", file, "--save-weights", weights],
        ["train", file, "--json"],
        ["plan", "--help"],
      ];
      const told = "Cannot write to standard output: no space left on device";
      for (const [task, ...args] of commands) {
        const { code, stderr } = await runInto(`> ${FULL_DISK}`, task, ...args);
        // On a busy machine, there is progress to tell before.
        assertEquals([task, code, stderr.split("\n").at(-2)], [task, 1, told]);
      }
      assertEquals(await isThere(workspace.path("out", "points", "manifest.json")), true);
      assertEquals(await isThere(weights), true);
    }),
});

Deno.test({
  name: "a full disk under standard error does not stop the work",
  ignore: !await isThere(FULL_DISK),
  fn: () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const reports = ["--reports", workspace.path("out")];
      await runInto("", "sweep", file, ...reports);
      // It says what it replaces, in vain.
      const options = [...reports, "--seeds", "1"];
      const { code, stdout } = await runInto(`2> ${FULL_DISK}`, "sweep", file, ...options);
      assertEquals(code, 0);
      assertStringIncludes(stdout, "points: 1 run, 0 trained, 1 reused");
      assertEquals((await runInto(`2> ${FULL_DISK}`, "plan", "missing.yaml")).code, 2);
    }),
});

Deno.test("a reader that closes the pipe is not a failure", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const { stdout, stderr } = await runInto("| head -n 1", "train", file);
    assertEquals([stdout, stderr], ["points, all, seed 1\n", ""]);
    // One that reads nothing at all.
    const weights = workspace.path("weights.safetensors");
    const unread = await runInto("| :", "train", file, "--save-weights", weights);
    assertEquals([unread.stdout, unread.stderr, await isThere(weights)], ["", "", true]);
  }));
