import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { finish, type Finished, startTask } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = "fixed: { steps: 10 }\ngrid: { l2_penalty: [0, 0.1] }\nseeds: 2\n";

/** A program that keeps what it is to open, and ends with a code. */
async function fakeOpener(workspace: Workspace, code: number): Promise<string> {
  const folder = workspace.path(`bin-${code}`);
  await Deno.mkdir(folder);
  const script = `#!/bin/sh\necho "$@" >> '${workspace.path("opened")}'\nexit ${code}\n`;
  await Deno.writeTextFile(join(folder, "xdg-open"), script, { mode: 0o755 });
  return folder;
}

Deno.test({
  name: "--open opens the report in a browser, or says why it cannot",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    Workspace.use(async (workspace) => {
      const file = await workspace.experiment(EXPERIMENT);
      const [opener, broken] = [await fakeOpener(workspace, 0), await fakeOpener(workspace, 4)];
      const run = (task: string, args: readonly string[], PATH: string): Promise<Finished> =>
        finish(startTask(task, args, { env: { PATH } }));
      const args = [file, "--reports", workspace.path("out")];
      const report = workspace.path("out", "points", "report.html");

      const swept = await run("sweep", [...args, "--open"], opener);
      assertEquals([swept.code, swept.stderr], [0, ""]);
      assertStringIncludes(swept.stdout, report);
      const drawn = await run("report", [dirname(report), "--open", "--quiet"], opener);
      assertEquals(drawn, { code: 0, stdout: "", stderr: "" });
      const url = pathToFileURL(report).href;
      assertEquals(await Deno.readTextFile(workspace.path("opened")), `${url}\n${url}\n`);

      const failed = await run("report", [dirname(report), "--open"], broken);
      assertEquals(failed, {
        code: 0,
        stdout: `${report}\n`,
        stderr: `Cannot open ${report} in a browser: xdg-open ended with code 4\n`,
      });
      const missing = await run("report", [dirname(report), "--open"], "/nowhere");
      assertEquals(missing, {
        code: 0,
        stdout: `${report}\n`,
        stderr: `Cannot open ${report} in a browser: ` +
          "there is no xdg-open, or no permission to start it\n",
      });
    }),
});
