import { assertEquals } from "@std/assert";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { schedule } from "../../src/sweep/schedule.ts";
import { plannedRuns } from "./_planned_runs.ts";

/** Two cells with three seeds each, in the order of runs.csv. */
function sixRuns(flops: (cell: number, replicate: number) => number): PlannedRun[] {
  const cells = plannedRuns([{}, {}]).map(({ cell }) => cell);
  return plannedRuns([{}, {}, {}, {}, {}, {}]).map((run, index) => {
    const [cell, replicate] = [cells[Math.floor(index / 3)], index % 3];
    return { ...run, cell, replicate, flops: flops(cell.index, replicate) };
  });
}

function order(runs: readonly PlannedRun[]): string {
  return runs.map(({ cell, replicate }) => `${cell.index}.${replicate}`).join(" ");
}

Deno.test("schedule() goes replicate by replicate", () => {
  assertEquals(order(schedule(sixRuns(() => 7))), "0.0 1.0 0.1 1.1 0.2 1.2");
  const laterIsLonger = schedule(sixRuns((_, replicate) => replicate));
  assertEquals(order(laterIsLonger), "0.0 1.0 0.1 1.1 0.2 1.2");
});

Deno.test("schedule() puts the longest of a replicate first", () => {
  assertEquals(order(schedule(sixRuns((cell) => cell))), "1.0 0.0 1.1 0.1 1.2 0.2");
});
