import { assertEquals } from "@std/assert";
import { Progress } from "../../src/sweep/progress.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

Deno.test("Progress counts known, trained, diverged and failed runs", () => {
  const runs = plannedRuns([{}, {}, {}, {}, {}]);
  const progress = new Progress(runs.length);
  progress.add({ kind: "known", run: runs[0], result: runResult(0) });
  progress.add({ kind: "trained", run: runs[1], result: runResult(1) });
  progress.add({ kind: "trained", run: runs[2], result: { ...runResult(2), status: "diverged" } });
  progress.add({ kind: "failed", run: runs[3], failure: "boom" });
  const { known, trained, diverged, failed, done, total } = progress;
  assertEquals([known, trained, diverged, failed, done, total], [1, 2, 1, 1, 4, 5]);
});
