import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const TEXT = `
fixed: { steps: 5, evaluate_every: 5, hidden: [4] }
grid: { l1_penalty: [0, 0.1] }
seeds: 3
`;

Deno.test("other tags and notes change the folder at the next sweep, and train nothing", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(TEXT), "out");
    const { tags: none, notes: nothing } = (await readManifestIn(folder)).experiment;
    assertEquals([none, nothing], [undefined, undefined]);
    const tables = await readCsvFiles(folder);

    const labels = "tags: [paper, table-2]\nnotes: |\n  For <b>reviewers</b>:\n  see page 3.\n";
    const file = await workspace.experiment(TEXT + labels);
    const planned = await workspace.plan(file, "out");
    assertStringIncludes(planned, "\ntags     paper, table-2\nnotes    For <b>reviewers</b>:\n");
    assertStringIncludes(planned, "6: 6 known, 0 to train");
    await workspace.sweep(file, "out");
    const { experiment, runs } = await readManifestIn(folder);
    assertEquals(experiment.tags, ["paper", "table-2"]);
    assertEquals(experiment.notes, "For <b>reviewers</b>:\nsee page 3.");
    assertEquals([runs.trained, runs.known], [0, 6]);
    assertEquals(await readCsvFiles(folder), tables);
    const page = await Deno.readTextFile(`${folder}/report.html`);
    assertStringIncludes(page, "<li><bdi>table-2</bdi></li>");
    assertStringIncludes(page, "For &lt;b&gt;reviewers&lt;/b&gt;:\nsee page 3.");
    const { code, stdout } = await runTask("verify", folder);
    assertEquals(code, 0, stdout);

    const reports = ["--reports", workspace.path("out")];
    const { sweeps, unreadable } = JSON.parse(
      (await runTask("index", ...reports, "--json")).stdout,
    );
    assertEquals([sweeps.length, unreadable], [1, []]);
    const [{ folder: its, tags, notes, state, runs: all, answer }] = sweeps;
    assertEquals([its, tags, state, all], ["points", experiment.tags, "complete", 6]);
    assertEquals(notes, experiment.notes);
    assert(answer.advice.length > 0);
    assertStringIncludes(await Deno.readTextFile(workspace.path("out", "index.html")), "#table-2");

    // Without them, it is as it was before.
    await workspace.sweep(await workspace.experiment(TEXT), "out");
    const again = (await readManifestIn(folder)).experiment;
    assertEquals(["tags" in again, "notes" in again], [false, false]);
  }));

Deno.test("verify says that the labels of a manifest are not the experiment's", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(
      await workspace.experiment(`${TEXT}tags: [draft]\n`),
      "out",
    );
    const manifest = await readManifestIn(folder);
    manifest.experiment.tags = ["paper"];
    await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest, null, 2) + "\n");
    const { code, stdout } = await runHere("verify", folder);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "experiment.tags[0]");
  }));
