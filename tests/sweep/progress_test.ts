import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Progress } from "../../src/sweep/progress.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

Deno.test("Progress counts known, trained, diverged and failed runs", () => {
  const runs = plannedRuns([{}, {}, {}, {}, {}]);
  const progress = new Progress("validation_accuracy", runs);
  progress.add({ kind: "known", run: runs[0], result: runResult(0) });
  progress.add({ kind: "trained", run: runs[1], result: runResult(1) });
  progress.add({ kind: "trained", run: runs[2], result: { ...runResult(2), status: "diverged" } });
  progress.add({ kind: "failed", run: runs[3], failure: "boom" });
  const { known, trained, diverged, failed } = progress;
  assertEquals([known, trained, diverged, failed], [1, 2, 1, 1]);
  const { total, done } = progress.snapshot(1);
  assertEquals([total, done], [5, 4]);
});

Deno.test("Progress estimates the time left by work, not by runs", () => {
  const runs = plannedRuns([{}, {}, {}]).map((run, index) => ({
    ...run,
    flops: [80, 10, 30][index],
  }));
  const progress = new Progress("validation_accuracy", runs);
  assertEquals(progress.snapshot(1).secondsLeft, undefined);
  progress.add({ kind: "trained", run: runs[0], result: runResult(0) });
  const { rate, secondsLeft } = progress.snapshot(8);
  assertEquals(rate, 1 / 8);
  // 80 operations took 8 s; 40 are left.
  assertAlmostEquals(secondsLeft ?? NaN, 4);
});

Deno.test("Progress knows the best cell by the metric's mean", () => {
  const [a, b, c] = plannedRuns([{}, {}, {}]);
  for (
    const [metric, best] of [["validation_accuracy", "cell 1"], [
      "validation_loss",
      "cell 0",
    ]] as const
  ) {
    const progress = new Progress(metric, [a, b, c]);
    assertEquals(progress.snapshot(0).best, undefined);
    progress.add({ kind: "trained", run: a, result: runResult(0, 0.9) });
    progress.add({ kind: "trained", run: a, result: runResult(1, 0.5) });
    progress.add({ kind: "trained", run: b, result: runResult(2, 0.8) });
    progress.add({ kind: "trained", run: c, result: { ...runResult(3, 1), status: "diverged" } });
    assertEquals(progress.snapshot(1).best?.cell.name, best);
  }
});
