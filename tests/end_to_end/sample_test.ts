import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { sha256 } from "../../src/sha256.ts";
import { PROJECT, runTask } from "./_task.ts";
import { readManifestIn } from "./_workspace.ts";

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
