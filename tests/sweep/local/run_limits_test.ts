import { assertAlmostEquals, assertEquals } from "@std/assert";
import { RunLimits } from "../../../src/sweep/local/run_limits.ts";
import { plannedRuns } from "../_planned_runs.ts";
import { runResult } from "../_run_result.ts";

const [run] = plannedRuns([{ steps: 1 }]);

Deno.test("RunLimits.secondsFor() is what the user says", () => {
  const limits = new RunLimits(3);
  limits.add({ ...run, flops: 1 }, { ...runResult(1), trainSeconds: 1000 });
  assertEquals(limits.secondsFor({ ...run, flops: 1e15 }), 3);
});

Deno.test("RunLimits.secondsFor() is ten minutes, or more for a long run", () => {
  const limits = new RunLimits(undefined);
  assertEquals(limits.secondsFor({ ...run, flops: 1e9 }), 600);
  assertAlmostEquals(limits.secondsFor({ ...run, flops: 1e11 }), 10_000);
});

Deno.test("RunLimits.secondsFor() is 50 times what the slowest run lets expect", () => {
  const limits = new RunLimits(undefined);
  limits.add({ ...run, flops: 1e6 }, { ...runResult(1), trainSeconds: 100 });
  limits.add({ ...run, flops: 1e6 }, { ...runResult(1), trainSeconds: 1 });
  assertAlmostEquals(limits.secondsFor({ ...run, flops: 2e6 }), 10_000);
});

Deno.test("RunLimits.add() learns nothing from runs that did not do all of their work", () => {
  const limits = new RunLimits(undefined);
  const long = { ...runResult(1), trainSeconds: 1e6 };
  limits.add(run, { ...long, status: "diverged" });
  limits.add({ ...run, mostSteps: 2 }, long);
  assertEquals(limits.secondsFor({ ...run, flops: 1e9 }), 600);
});
