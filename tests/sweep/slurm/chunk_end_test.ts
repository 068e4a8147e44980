import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { endOf } from "../../../src/sweep/slurm/chunk_end.ts";
import { Submission } from "../../../src/sweep/slurm/submission.ts";
import { SAMPLE_MANIFEST } from "./_sample_manifest.ts";

Deno.test("endOf() shows the last line of the task's log, and of no other file that a report names", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const submission = await Submission.create(join(folder, "slurm"), {
      ...{ manifest: SAMPLE_MANIFEST, chunks: [[]], script: () => "" },
    });
    await Deno.writeTextFile(join(submission.folder, "logs", "1_0.log"), "first\nlast\n");
    await Deno.writeTextFile(join(folder, "secret.log"), "secret\n");
    const said = async (task: string, node = "n") => {
      await submission.writeReport({ chunk: 0, task, node, restarts: 0, log: "logs/1_0.log" });
      return (await endOf({ submission, number: 0, task: undefined })).replace(/ \(\/.*\)$/, "");
    };
    assertEquals(await said("1_0"), "task 1_0: gone on n, last");
    const forged = "../../../secret";
    assertEquals(await said(forged), `task ${forged}: gone on n`);
    assertEquals(await said("1_0", "n\nPASS"), "task 1_0: gone on n↵PASS, last");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
