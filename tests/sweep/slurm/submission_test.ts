import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { Submission } from "../../../src/sweep/slurm/submission.ts";
import type { TaskReport } from "../../../src/sweep/slurm/task_report.ts";
import { UserError } from "../../../src/user_error.ts";
import { moduleOf, programOf } from "../_own_code.ts";
import { plannedRuns } from "../_planned_runs.ts";
import { SAMPLE_MANIFEST } from "./_sample_manifest.ts";

const REPORT: TaskReport = {
  chunk: 0,
  task: "1_0",
  node: "n",
  restarts: 0,
  log: "logs/1_0.log",
  end: { trained: 1, seconds: 0.5, failures: [{ run: "r", reason: "lost" }] },
};

async function withSubmission(use: (submission: Submission) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const chunks = [plannedRuns([{ dropout: 0.5 }])];
    const submission = await Submission.create(folder, {
      ...{ manifest: SAMPLE_MANIFEST, chunks, script: () => "" },
    });
    await submission.writeReport(REPORT);
    await use(submission);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("Submission reads what it wrote", () =>
  withSubmission(async ({ folder }) => {
    const submission = await Submission.open(folder);
    assertEquals(submission?.manifest, SAMPLE_MANIFEST);
    assertEquals(await submission?.readReports(), [REPORT]);
    const [run] = plannedRuns([{ dropout: 0.5 }]);
    assertEquals(await submission?.readKeys(0), [run.key]);
  }));

Deno.test("Submission carries the code of one's own trainers", async () => {
  const parent = await Deno.makeTempDir();
  try {
    const own = [
      await moduleOf("ridge", { "ridge.ts": "\ufeffexport default {}; // é\r\n" }),
      programOf("train", "/work", [{ path: "train.py", checksum: "0".repeat(64) }]),
    ];
    const manifest = { ...SAMPLE_MANIFEST, own };
    const { folder } = await Submission.create(parent, { manifest, chunks: [], script: () => "" });
    assertEquals((await Submission.open(folder))?.manifest, manifest);
    const path = join(folder, "manifest.json");
    await Deno.writeTextFile(path, JSON.stringify({ ...manifest, own: [{ kind: "class" }] }));
    const error = await assertRejects(() => Submission.open(folder), UserError);
    assertMatch(error.message, /manifest.json: own.0: expected a trainer's code$/);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("Submission says which of its files is wrong, and how", () =>
  withSubmission(async (submission) => {
    const read = {
      "manifest.json": () => Submission.open(submission.folder),
      "tasks/0.json": () => submission.readReports(),
      "chunks/0.json": () => submission.readKeys(0),
    };
    const other = { ...SAMPLE_MANIFEST, jobName: "someone's job" };
    const texts: [name: keyof typeof read, text: string, problem: RegExp][] = [
      ["manifest.json", "root:x:0", /^Cannot read .*manifest.json: it is not JSON$/],
      ["manifest.json", "null", /^Cannot read .*manifest.json: Invalid input: expected object/],
      ["manifest.json", JSON.stringify({ ...SAMPLE_MANIFEST, chunks: 1e15 }), /: chunks: Too big/],
      ["manifest.json", JSON.stringify(other), /: jobName: Invalid string: must start with/],
      ["tasks/0.json", "{}", /tasks\/0.json: chunk: Invalid input/],
      ["tasks/0.json", JSON.stringify({ ...REPORT, end: { trained: 1 } }), /: end.seconds: Inv/],
      ["chunks/0.json", '{ "runs": [[1]] }', /chunks\/0.json: runs.0.0: Invalid input/],
    ];
    for (const [name, text, problem] of texts) {
      const path = join(submission.folder, name);
      const before = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(read[name], UserError);
      assertEquals([problem.test(error.message), error.exitCode], [true, 1], error.message);
      await Deno.writeTextFile(path, before);
    }
  }));
