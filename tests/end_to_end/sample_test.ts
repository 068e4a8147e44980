import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { PROJECT, runTask } from "./_task.ts";
import { readManifestIn } from "./_workspace.ts";

/** How many of a sample's runs are computed again: enough for every machine to check the contract. */
const COMPUTED = 4;

/** Folders of reports/ that are committed: those that .gitignore lets in. */
const SAMPLES = [
  ...(await Deno.readTextFile(join(PROJECT, ".gitignore"))).matchAll(/^!\/reports\/([^/*]+)\/?$/gm),
].map(([, name]) => name);

Deno.test("a sweep is committed as a sample", () => {
  assert(SAMPLES.length > 0, ".gitignore lets no folder of reports/ in");
});

for (const name of SAMPLES) {
  const folder = join("reports", name);

  Deno.test(`verify: ${COMPUTED} runs of ${folder} are here what they were elsewhere`, async () => {
    const { code, stdout } = await runTask("verify", folder, "--sample", `${COMPUTED}`);
    assertEquals(code, 0, stdout);
    assertEquals(stdout.match(/^PASS .*, seed \d+$/gm)?.length, COMPUTED, stdout);
  });

  Deno.test(`${folder} was made by a commit, and without failures`, async () => {
    const { git, runs } = await readManifestIn(join(PROJECT, folder));
    assertEquals([git.clean, runs.failed], [true, 0]);
  });

  Deno.test(`README tells the checksum of ${folder}'s runs.csv, and how to check it`, async () => {
    const readme = await Deno.readTextFile(join(PROJECT, "README.md"));
    const checksum = await sha256(await Deno.readFile(join(PROJECT, folder, "runs.csv")));
    assert(readme.includes(checksum), `README.md does not have ${checksum}`);
    assert(readme.includes(`task verify ${folder}`), `README.md does not verify ${folder}`);
  });
}
