import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

const TEXT = `
fixed: { steps: 5, evaluate_every: 5, hidden: [4] }
grid: { l1_penalty: [0, 0.1] }
seeds: 3
`;

Deno.test("a sweep says that it replaces results of runs that it does not have, and so does plan", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(TEXT);
    const reports = ["--reports", workspace.path("out")];
    const results = workspace.path("out", "points");
    const told = async (...args: string[]) => {
      const planned = await runHere("plan", file, ...reports, ...args);
      const { code, stderr } = await runHere("sweep", file, ...reports, "--quiet", ...args);
      assertEquals([code, planned.code], [0, 0], stderr + planned.stderr);
      const shown = planned.stdout.match(/^replaces (.*)$/m)?.[1] ?? "";
      assertEquals(shown, stderr.trimEnd());
      return stderr;
    };
    const replaced = (what: string) =>
      `The results in ${results} are replaced: this sweep of ${what}. ` +
      "Their records stay in the store; --name NAME keeps both results\n";

    assertEquals(await told(), "");
    assertEquals(await told(), "");
    assertEquals(await told("--seeds", "5"), "");
    assertEquals(await told("--seeds", "1"), replaced("2 runs lacks 8 of their 10 runs"));
    assertEquals(await told("--set", "steps=10"), replaced("6 runs has none of their 2 runs"));
    assertEquals(await told("--only", "l1_penalty=0"), replaced("3 runs has none of their 6 runs"));

    // Another name keeps both.
    assertEquals(await told("--seeds", "2", "--name", "another"), "");
    assertEquals((await readManifestIn(results)).runs.total, 3);
    const another = await readManifestIn(workspace.path("out", "another"));
    assertEquals([another.experiment.name, another.runs.total], ["another", 4]);
  }));

Deno.test("--dataset takes the place of the experiment's, and the kept experiment has it", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(TEXT);
    await Deno.rename(workspace.path("points.csv"), workspace.path("moved.csv"));
    const args = [file, "--dataset", workspace.path("moved.csv")];
    for (const task of ["plan", "train", "status"]) {
      const { code, stderr } = await runHere(task, ...args);
      assertEquals([code, stderr], [0, ""]);
    }
    const results = await workspace.sweep(file, "out", "--dataset", workspace.path("moved.csv"));
    const { code, stdout } = await runTask("verify", results);
    assertEquals(code, 0, stdout);
    const again = await runHere("plan", `${results}/experiment.yaml`, "--reports", `${results}/..`);
    assertStringIncludes(again.stdout, "6 known, 0 to train");
    assertMatch(
      (await runHere("plan", file, "--dataset", "missing.csv")).stderr,
      /^--dataset missing.csv: Cannot find dataset missing.csv \(looked in .*\)$/m,
    );
  }));

Deno.test("the manifest and the report have the command line, without what may be secret", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(TEXT);
    const [reports, results] = [workspace.path("out"), workspace.path("out", "points")];
    const words = [file, "--reports", reports, "--quiet", "--set", "hidden=[4, 4]"];
    assertEquals((await runTask("sweep", ...words)).code, 0);
    const { command } = await readManifestIn(results);
    assertEquals(command, ["sweep", ...words]);
    const page = await Deno.readTextFile(`${results}/report.html`);
    const line = `deno task sweep ${file} --reports ${reports} --quiet --set 'hidden=[4, 4]'`;
    assertStringIncludes(page, `<code>${line.replaceAll("'", "&#39;")}</code>`);
    const { code } = await runTask("report", results);
    assertEquals([code, await Deno.readTextFile(`${results}/report.html`)], [0, page]);
  }));
