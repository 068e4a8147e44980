import { assertEquals } from "@std/assert";
import { Budget } from "../../src/sweep/budget.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

/** A budget with a clock that is set by hand. */
function budgetOf(seconds: number, workers = 1) {
  const clock = { now: 0 };
  const budget = new Budget({ seconds, workers, elapsed: () => clock.now });
  return { budget, clock };
}

/** Runs of a cell each, by their work. */
function runsOf(...flops: number[]): PlannedRun[] {
  return plannedRuns(flops.map(() => ({}))).map((run, index) => ({ ...run, flops: flops[index] }));
}

/** A result of a run that took a second for each unit of its work. */
function resultOf({ flops }: PlannedRun) {
  return { ...runResult(1), trainSeconds: flops };
}

Deno.test("Budget lets as many runs begin as there are workers while no pace is known", () => {
  const { budget } = budgetOf(10, 2);
  const runs = runsOf(1, 1, 1);
  const admissions = runs.map((run) => {
    const admission = budget.admit(run);
    if (admission === "now") budget.begin(run);
    return admission;
  });
  assertEquals([admissions, budget.isSpent], [["now", "now", "later"], false]);
});

Deno.test("Budget leaves out runs that would not end in time, by the pace so far", () => {
  const { budget, clock } = budgetOf(10);
  const [first, long, short] = runsOf(4, 7, 6);
  budget.begin(first);
  clock.now = 4;
  budget.end(first, resultOf(first));
  assertEquals([budget.admit(short), budget.isSpent], ["now", false]);
  assertEquals([budget.admit(long), budget.isSpent], ["never", true]);
});

Deno.test("Budget knows the pace by records of known runs, until one has ended", () => {
  const { budget } = budgetOf(10);
  const [known, run] = runsOf(1, 6);
  budget.learn(known, { ...resultOf(known), trainSeconds: 2 });
  assertEquals(budget.admit(run), "never");
  budget.end(known, resultOf(known));
  assertEquals(budget.admit(run), "now");
});

Deno.test("Budget expects a run to take as long as others of its cell", () => {
  const { budget } = budgetOf(10);
  const [quick, slow] = runsOf(10, 10);
  budget.end(quick, { ...resultOf(quick), trainSeconds: 1 });
  budget.end(slow, { ...resultOf(slow), trainSeconds: 40 });
  const later = (run: PlannedRun) => budget.admit({ ...run, replicate: 1 });
  assertEquals([later(quick), later(slow)], ["now", "never"]);
});

Deno.test("Budget counts what is before a run in the queue of the workers", () => {
  const { budget, clock } = budgetOf(10, 2);
  const [a, b, c, d] = runsOf(5, 4, 5, 2);
  budget.learn(a, resultOf(a));
  for (const run of [a, b, c]) {
    assertEquals(budget.admit(run), "now");
    budget.begin(run);
  }
  // It would begin after 5 seconds.
  assertEquals(budget.admit({ ...d, flops: 6 }), "never");
  assertEquals(budget.admit(d), "now");
  clock.now = 3;
  budget.end(a, resultOf(a));
  // The third has begun, and ends after 8 seconds; the second after 4.
  assertEquals(budget.admit({ ...d, flops: 6 }), "now");
  assertEquals(budget.admit({ ...d, flops: 7 }), "never");
});

Deno.test("Budget begins nothing of a later replicate once a run is left out", () => {
  const { budget } = budgetOf(10);
  const [known, long, short] = runsOf(1, 11, 1);
  budget.learn(known, resultOf(known));
  const at = (run: PlannedRun, replicate: number) => budget.admit({ ...run, replicate });
  assertEquals(at(short, 3), "now");
  assertEquals(at(long, 2), "never");
  assertEquals([at(short, 2), at(short, 3)], ["now", "never"]);
});

Deno.test("Budget counts steps once that runs share", () => {
  const { budget } = budgetOf(10);
  const [first] = runsOf(8);
  const run = { ...first, mostSteps: 8, states: [{ from: 0, keys: [] }] };
  const other = { ...run, key: "f".repeat(64) };
  // Where no pace is known, too.
  assertEquals(budget.admit(other, [run]), "now");
  budget.learn(first, resultOf(first));
  budget.begin(run);
  assertEquals(budget.admit(other, []), "never");
  assertEquals(budget.admit(other, [run]), "now");
});

Deno.test("Budget begins a run again that it has begun, and nothing after its end", () => {
  const { budget, clock } = budgetOf(10);
  const [first, second] = runsOf(1, 1);
  budget.begin(first);
  clock.now = 11;
  assertEquals([budget.admit(first), budget.admit(second)], ["now", "never"]);
});
