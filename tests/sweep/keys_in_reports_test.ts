import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { keysInReports } from "../../src/sweep/keys_in_reports.ts";
import { Submission } from "../../src/sweep/slurm/submission.ts";
import { UserError } from "../../src/user_error.ts";
import { inFolderWith } from "../_in_folder.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { SAMPLE_MANIFEST } from "./slurm/_sample_manifest.ts";

const [A, B, C, D] = ["a", "b", "c", "d"].map((digit) => digit.repeat(64));

Deno.test("keysInReports() finds runs in results, complete or not, and in submissions", () =>
  inFolderWith({
    "one/runs.csv": `run,cell\n${A},x\n${B},"${C},"\n`,
    "one/unfinished/runs.csv": `run,cell\n${C},x\n`,
    "notes/list.csv": `${D},x\n`,
    [`store/packs/${D}.pack`]: "",
    "index.html": "",
  }, async (reports) => {
    const chunks = [plannedRuns([{ dropout: 0.5 }])];
    const manifest = { ...SAMPLE_MANIFEST, chunks: 1 };
    await Submission.create(join(reports, "two", "slurm"), { manifest, chunks, script: () => "" });
    const waiting = plannedRuns([{ dropout: 0.5 }]).map(({ key }) => key);
    assertEquals([...await keysInReports(reports)].sort(), [A, B, C, ...waiting].sort());
  }));

Deno.test("keysInReports() does not guess what a damaged folder has", () =>
  inFolderWith({ "one/manifest.json": "{}" }, async (reports) => {
    await assertRejects(() => keysInReports(reports), UserError, "one/runs.csv");
  }));
