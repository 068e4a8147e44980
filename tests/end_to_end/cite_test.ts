import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { runHere } from "./_run_here.ts";
import { runTask } from "./_task.ts";
import { readCsvFiles, readManifestIn, Workspace } from "./_workspace.ts";

const TEXT = `
fixed: { steps: 5, evaluate_every: 5, hidden: [4] }
grid: { l1_penalty: [0, 0.1] }
seeds: 3
`;
const NAMES = ["CITATION.cff", "appendix.md"];

/** The texts of both files; undefined for one that is not there. */
function citationIn(folder: string): Promise<(string | undefined)[]> {
  return Promise.all(
    NAMES.map((name) => Deno.readTextFile(`${folder}/${name}`).catch(() => undefined)),
  );
}

Deno.test("cite adds its files at the next sweep, verified, and trains nothing", () =>
  Workspace.use(async (workspace) => {
    const folder = await workspace.sweep(await workspace.experiment(TEXT), "out");
    assertEquals(await citationIn(folder), [undefined, undefined]);
    const tables = await readCsvFiles(folder);

    const file = await workspace.experiment(`${TEXT}cite: { authors: ["Lovelace, Ada"] }\n`);
    await workspace.sweep(file, "out");
    const { experiment, runs, files } = await readManifestIn(folder);
    assertEquals(experiment.cite, { authors: ["Lovelace, Ada"] });
    assertEquals([runs.trained, runs.known], [0, 6]);
    assertEquals(await readCsvFiles(folder), tables);
    assertEquals(NAMES.map((name) => name in files), [true, true]);
    const written = await citationIn(folder);
    const verified = await runTask("verify", folder);
    assertEquals(verified.code, 0, verified.stdout);

    const page = await Deno.readTextFile(`${folder}/report.html`);
    await runTask("report", folder);
    assertEquals(await citationIn(folder), written);
    assertEquals(await Deno.readTextFile(`${folder}/report.html`), page);
    assertEquals((await readManifestIn(folder)).files, files);

    // Another reports folder, where all runs are trained again by one worker.
    const other = await workspace.sweep(file, "other", "--workers", "1");
    assertEquals(await citationIn(other), written);

    // Without it, they are gone.
    await workspace.sweep(await workspace.experiment(TEXT), "out");
    assertEquals(await citationIn(folder), [undefined, undefined]);
  }));

Deno.test("verify finds what was changed in the files of cite", () =>
  Workspace.use(async (workspace) => {
    const file = await workspace.experiment(`${TEXT}cite: true\n`);
    const folder = await workspace.sweep(file, "out");
    const path = `${folder}/appendix.md`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("3 seeds", "30 seeds"));
    const { code, stdout } = await runHere("verify", folder);
    assertEquals(code, 1);
    assertStringIncludes(stdout, "appendix.md");
    // It can be somebody's work: nothing replaces it before it is moved.
    const mine = await Deno.readTextFile(path);
    const commands: [string, ...string[]][] = [
      ["report", folder],
      ["sweep", file, "--reports", dirname(folder)],
    ];
    for (const words of commands) {
      const { code, stderr } = await runHere(...words);
      assertEquals(code, 2);
      assertStringIncludes(stderr, `Cannot write ${path}: it was changed after the sweep, and`);
      assertEquals(await Deno.readTextFile(path), mine);
    }
    await Deno.remove(path);
    await runHere("report", folder);
    assertEquals(await Deno.readTextFile(path), text);
    assertEquals((await runHere("verify", folder)).code, 0);
  }));
