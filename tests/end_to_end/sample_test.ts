import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { copyFolder } from "./_project_copy.ts";
import { PROJECT, runTask } from "./_task.ts";
import { readManifestIn, Workspace } from "./_workspace.ts";

/** How many of the sample's runs are computed again: enough for every machine to check the contract. */
const COMPUTED = 4;

/** The sweep that is committed. */
const SAMPLE = "reports/sample";

Deno.test(`of reports/, git keeps ${SAMPLE} alone`, async () => {
  const lines = (await Deno.readTextFile(join(PROJECT, ".gitignore"))).trim().split("\n");
  assertEquals(lines.filter((line) => line.includes("reports")), ["/reports/*", `!/${SAMPLE}/`]);
});

Deno.test(`verify: ${COMPUTED} runs of ${SAMPLE} are here what they were elsewhere`, async () => {
  const { code, stdout } = await runTask("verify", SAMPLE, "--sample", `${COMPUTED}`);
  assertEquals(code, 0, stdout);
  assertEquals(stdout.match(/^PASS .*, seed \d+$/gm)?.length, COMPUTED, stdout);
});

Deno.test("verify: a folder of the first version is computed as that version would", () =>
  Workspace.use(async (workspace) => {
    const folder = workspace.path("reports", "first_version");
    await Deno.mkdir(workspace.path("reports"));
    await copyFolder(join(PROJECT, "tests/fixtures/first_version"), folder);
    // Where its experiment.yaml finds it.
    await Deno.mkdir(workspace.path("data"));
    await Deno.copyFile(join(PROJECT, "data/digits.csv"), workspace.path("data", "digits.csv"));
    const { code, stdout } = await runTask("verify", folder, "--sample", "1");
    assertEquals(code, 0, stdout);
    assertEquals(stdout.match(/^PASS .*, seed \d+$/gm)?.length, 1, stdout);
    assertStringIncludes(stdout, "PASS  comparisons.csv\n");
  }));

Deno.test(`${SAMPLE} was made by a commit, and without failures`, async () => {
  const { git, runs } = await readManifestIn(join(PROJECT, SAMPLE));
  assertEquals([git.clean, runs.failed], [true, 0]);
});

Deno.test(`README.md has the checksum of ${SAMPLE}'s runs.csv, and shows how to check it`, async () => {
  const readme = await Deno.readTextFile(join(PROJECT, "README.md"));
  const checksum = await sha256(await Deno.readFile(join(PROJECT, SAMPLE, "runs.csv")));
  assert(readme.includes(checksum), `README.md does not have ${checksum}`);
  assert(readme.includes(`task verify ${SAMPLE}`), `README.md does not verify ${SAMPLE}`);
});
