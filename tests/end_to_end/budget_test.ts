import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

/** More than any machine trains in a few seconds. */
const LONG = `
fixed: { hidden: [8], steps: 20000, evaluate_every: 10000 }
grid: { l2_penalty: [0, 0.01] }
seeds: 2000
`;

Deno.test("sweep --for: ends in time with what there is, is verified and drawn, and goes on", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(LONG);
    const reports = ["--reports", workspace.path("out")];
    const { code, stdout, stderr } = await runTask("sweep", file, ...reports, "--for", "8s");
    assertEquals([code, stderr.includes("rror")], [0, false]);
    assertMatch(stdout, /^points: [\d,]+ of 4,000 runs, /m);
    assertStringIncludes(stdout, "had ended when the budget of 8 s was spent");
    assertStringIncludes(stdout, "The same command does the rest.");

    const folder = workspace.path("out", "points");
    const { state, unfinished, runs } = await readManifestIn(folder);
    assertEquals([state, unfinished], ["unfinished", {
      planned: 4000,
      why: "budget",
      budgetSeconds: 8,
    }]);
    assert(runs.total > 0 && runs.total < 4000, String(runs.total));
    // All cells of one seed after the other.
    const lines = (await readCsvFiles(folder))["runs.csv"].split("\n");
    const seedsOf = (cell: string) => {
      return lines.filter((line) => line.includes(`,l2_penalty=${cell},`)).length;
    };
    assert(Math.abs(seedsOf("0") - seedsOf("0.01")) <= 1);

    const verified = await runTask("verify", folder, "--sample", "2");
    assertEquals([verified.code, verified.stderr], [0, ""]);
    assertStringIncludes(verified.stdout, "The sweep is unfinished: it has");
    assertEquals((await runTask("report", folder)).code, 0);
    const compared = await runTask("compare", folder, folder);
    assertStringIncludes(compared.stdout, "of 4,000 runs (unfinished)");

    // What has ended is known, and is what it would have been.
    await workspace.sweep(file, "out", "--seeds", "1", "--name", "first");
    await workspace.sweep(file, "whole", "--seeds", "1", "--name", "first");
    const [known, whole] = ["out", "whole"].map((name) => workspace.path(name, "first"));
    assertEquals(await readCsvFiles(known), await readCsvFiles(whole));
    assertEquals((await readManifestIn(known)).state, "complete");
    if (runs.total >= 2) assertEquals((await readManifestIn(known)).runs.trained, 0);
  }));

Deno.test("sweep: a budget that is none is exit code 2, with its place", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment("seeds: 2\nbudget: 30\n");
    const wrong = await runTask("sweep", file, "--reports", workspace.path("out"));
    assertEquals(wrong.code, 2);
    assertStringIncludes(
      wrong.stderr,
      `${file}:4:9: Cannot use budget 30: budget must be a duration such as 90s, 30m, 2h or 1h30m`,
    );
    const option = await runTask("sweep", file, "--for", "30");
    assertEquals(option.code, 2);
    const message = "Cannot use --for 30: it must be a duration such as 90s, 30m, 2h or 1h30m";
    assertStringIncludes(option.stderr, message);
    assertStringIncludes(option.stderr, "did you mean 30m?");
  }));

Deno.test("sweep --for: ends while the first rung runs, and has nothing to report", () =>
  Workspace.use(async (workspace) => {
    const halving = "successive_halving: { min_steps: 10000 }\n";
    const cells = LONG.replace("[0, 0.01]", "[0, 0.01, 0.1]").replace("seeds: 2000", "seeds: 1000");
    const file = await workspace.experiment(cells + halving);
    const args = ["--reports", workspace.path("out"), "--for", "1s"];
    const { code, stdout, stderr } = await runTask("sweep", file, ...args);
    assertEquals([code, stdout], [0, ""]);
    assertStringIncludes(stderr, "Out of time: no rung has ended, so there is nothing to report.");
    assertMatch(stderr, /\d+ of 3000 runs are kept, and the same command does the rest/);
  }));
