import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { Stage, StageAhead, SweepEvent, Work } from "../../src/sweep/sweep_events.ts";
import { type Snapshot, SweepProgress } from "../../src/sweep/sweep_progress.ts";
import { writingSeconds } from "../../src/sweep/writing_seconds.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

interface SimulatedStage {
  readonly stage: Stage;
  readonly runs: readonly PlannedRun[];
  readonly ahead?: readonly StageAhead[];
  readonly work?: Work;
  /** What a worker takes for a run, in seconds; a run of 0 seconds is known. */
  readonly secondsOf: (run: PlannedRun) => number;
}

/** What a sweep shows at one moment, and how long it really takes from then on. */
interface Shown extends Snapshot {
  readonly now: number;
  readonly trueSecondsLeft: number;
}

/** Cells of which each has a run of so many operations with each seed. */
function runsOf(flops: readonly number[], seeds = 1): PlannedRun[] {
  return Array.from(
    { length: seeds },
    (_, replicate) =>
      plannedRuns(flops.map(() => ({}))).map((run, cell) => ({
        ...run,
        key: `${cell} ${replicate}`,
        replicate,
        flops: flops[cell],
      })),
  ).flat();
}

/** Plays a sweep on workers that take the next run when they have ended one; looks after each run. */
function simulate(stages: readonly SimulatedStage[], workers: number): Shown[] {
  const events: [number, SweepEvent][] = [];
  let time = 0;
  for (const { stage, runs, ahead = [], work, secondsOf } of stages) {
    events.push([time, {
      ...{ kind: "stage_began", stage, runs, metric: "validation_accuracy", ahead },
      ...work && { work },
    }]);
    const free = new Array(workers).fill(time);
    const ended: [number, SweepEvent][] = [];
    for (const run of runs) {
      const seconds = secondsOf(run);
      const worker = free.indexOf(Math.min(...free));
      free[worker] += seconds;
      const result = { ...runResult(0), trainSeconds: seconds };
      const kind = seconds > 0 ? "trained" : "known";
      ended.push([free[worker], { kind, run, result }]);
    }
    events.push(...ended.sort(([a], [b]) => a - b));
    time = Math.max(...free);
    events.push([time, { kind: "stage_ended", stage }]);
  }
  const progress = new SweepProgress({ workers });
  return events.flatMap(([now, event]) => {
    progress.add(event, now);
    const snapshot = progress.snapshot(now);
    return snapshot ? [{ ...snapshot, now, trueSecondsLeft: time - now }] : [];
  });
}

const RUNS: Stage = { kind: "runs" };
const SCORES: Stage = { kind: "scores" };
/** Ten million operations a second. */
const secondsOf = ({ flops }: PlannedRun) => flops / 1e7;

/** Compares what was shown with what came, from the second half of the first wave on. */
function assertRight(shown: readonly Shown[], tolerance: number): void {
  const later = shown.filter(({ done }) => done >= 4);
  assertGreater(later.length, 3);
  for (const { now, secondsLeft = NaN, trueSecondsLeft } of later) {
    const whole = now + trueSecondsLeft;
    assertLess(Math.abs(secondsLeft - Math.max(1, trueSecondsLeft)), tolerance * whole, `${now}`);
  }
}

Deno.test("SweepProgress expects runs to take as long as others for their operations", () => {
  const runs = runsOf([8e8, 1e8, 3e8], 10);
  for (const workers of [1, 2, 4]) {
    assertRight(simulate([{ stage: RUNS, runs, secondsOf }], workers), 0.15);
  }
});

Deno.test("SweepProgress knows cells that are slower for their operations than others", () => {
  const runs = runsOf([1e8, 1e8], 20);
  const slower = ({ cell, flops }: PlannedRun) => flops / (cell.index === 0 ? 1e7 : 1e6);
  assertRight(simulate([{ stage: RUNS, runs, secondsOf: slower }], 2), 0.15);
});

Deno.test("SweepProgress counts the scores that follow, and does not begin again with them", () => {
  const runs = runsOf([1e8, 1e8], 10);
  const work = new Map([["mlp", 10e8]]);
  const shown = simulate([
    {
      ...{ stage: RUNS, runs, secondsOf },
      ahead: [{ kind: "scores", runs: 10, isAtMost: false, work }],
    },
    { stage: SCORES, runs: runs.filter(({ cell }) => cell.index === 0), work, secondsOf },
  ], 2);
  assertRight(shown, 0.15);
  // Half of the time is left when half is done, not none.
  const { secondsLeft, bound } =
    shown.findLast(({ stage, done }) => stage?.kind === "runs" && done === 20) ?? {};
  assertAlmostEquals(secondsLeft ?? NaN, 50, 5);
  assertEquals(bound, undefined);
  const scoring = shown.filter(({ stage }) => stage?.kind === "scores");
  assertEquals(scoring[0].scores, { total: 10, done: 0 });
  assert(scoring.every(({ done, total }) => done === 20 && total === 20));
  shown.reduce((before, next) => {
    assert(next.share >= before.share, `${before.share} ${next.share}`);
    return next;
  });
  assertEquals(shown.at(-1)?.share, 1);
});

Deno.test("SweepProgress counts the runs of rungs to come, and does not begin again with them", () => {
  const rung = runsOf(new Array(8).fill(1e8), 4);
  const finalists = runsOf([8e8, 8e8], 4);
  const shown = simulate([
    {
      ...{ stage: { kind: "rung", step: 100 }, runs: rung, secondsOf },
      ahead: [{ kind: "runs", runs: 8, isAtMost: false, work: new Map([["mlp", 64e8]]) }],
    },
    { stage: RUNS, runs: finalists, secondsOf },
  ], 2);
  assertRight(shown, 0.15);
  assert(shown.every(({ total }) => total === 40));
  assertEquals(
    shown.map(({ done }) => done),
    shown.map(({ done }) => done).toSorted((a, b) => a - b),
  );
});

Deno.test("SweepProgress says that looks take at most so long", () => {
  const runs = runsOf([1e8, 1e8, 1e8], 4);
  const work = new Map([["mlp", 24e8]]);
  const shown = simulate([{
    ...{ stage: { kind: "look", seeds: 4 }, runs, secondsOf },
    ahead: [{ kind: "look", runs: 24, isAtMost: true, work }],
  }], 1);
  const { total, isTotalAtMost, bound, secondsLeft } = shown[6];
  assertEquals([total, isTotalAtMost, bound], [36, true, "most"]);
  assertAlmostEquals(secondsLeft ?? NaN, 300, 30);
});

Deno.test("SweepProgress counts steps that runs share once", () => {
  const states = [{ from: 0, keys: [] }, { from: 90, keys: ["sparsity"] }];
  const runs = runsOf(new Array(5).fill(1e8), 6).map((run) => ({
    ...run,
    identity: { ...run.identity, seed: run.replicate, config: { sparsity: run.cell.index } },
    mostSteps: 100,
    states,
  }));
  // A worker trains those of a seed together: 90 steps once, and 10 steps of each.
  const together = ({ cell }: PlannedRun) => cell.index === 0 ? 10 * (0.9 + 0.1) : 10 * 0.1;
  const progress = new SweepProgress({ workers: 1 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs, metric: "validation_accuracy", ahead: [] },
  }, 0);
  let now = 0;
  const lefts = runs.map((run) => {
    now += together(run);
    // A result says how long the run would have taken alone.
    progress.add({ kind: "trained", run, result: { ...runResult(0), trainSeconds: 10 } }, now);
    return progress.snapshot(now)?.secondsLeft ?? NaN;
  });
  assertAlmostEquals(lefts[4], 70, 1);
  assertAlmostEquals(lefts[14], 42, 1);
});

Deno.test("SweepProgress takes no time for known runs, but learns from them", () => {
  const runs = runsOf([1e8, 1e8], 10);
  const progress = new SweepProgress({ workers: 1 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs, metric: "validation_accuracy", ahead: [] },
  }, 0);
  assertEquals(progress.snapshot(0)?.secondsLeft, undefined);
  const writing = writingSeconds(20);
  for (const run of runs.slice(0, 15)) {
    progress.add({ kind: "known", run, result: { ...runResult(0), trainSeconds: 3 } }, 2);
  }
  assertAlmostEquals(progress.snapshot(2)?.secondsLeft ?? NaN, 15 + writing, 1e-6);
  assertAlmostEquals(progress.snapshot(3)?.secondsLeft ?? NaN, 14 + writing, 1e-6);
  progress.add({ kind: "trained", run: runs[15], result: { ...runResult(0), trainSeconds: 5 } }, 7);
  assertAlmostEquals(progress.snapshot(7)?.secondsLeft ?? NaN, 20 + writing, 1e-6);
});

Deno.test("SweepProgress says where a trainer's pace is not known", () => {
  const [first, second] = runsOf([1e8, 1e8]);
  const third = { ...first, key: "third", replicate: 1 };
  const other = { ...second, cell: { ...second.cell, trainer: "other" } };
  const progress = new SweepProgress({ workers: 1 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs: [first, third, other] },
    ...{ metric: "validation_accuracy", ahead: [] },
  }, 0);
  progress.add({ kind: "trained", run: first, result: { ...runResult(0), trainSeconds: 4 } }, 4);
  const { secondsLeft, bound } = progress.snapshot(4) ?? {};
  assertAlmostEquals(secondsLeft ?? NaN, 4 + writingSeconds(3), 1e-6);
  assertEquals(bound, "least");
});

Deno.test("SweepProgress knows that a budget ends a sweep", () => {
  const runs = runsOf([1e8], 100);
  const progress = new SweepProgress({ workers: 1, budgetSeconds: 60 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs, metric: "validation_accuracy", ahead: [] },
  }, 0);
  const [run] = runs;
  progress.add({ kind: "trained", run, result: { ...runResult(0), trainSeconds: 10 } }, 10);
  const { secondsLeft, bound } = progress.snapshot(10) ?? {};
  assertEquals([secondsLeft, bound], [50 + writingSeconds(100), "most"]);
});

Deno.test("SweepProgress expects more time if no run ends when one should", () => {
  const runs = runsOf([1e8], 3);
  const [run] = runs;
  const progress = new SweepProgress({ workers: 1 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs, metric: "validation_accuracy", ahead: [] },
  }, 0);
  assertEquals(progress.snapshot(5)?.secondsLeft, undefined);
  progress.add({ kind: "trained", run, result: { ...runResult(0), trainSeconds: 10 } }, 10);
  assertAlmostEquals(progress.snapshot(10)?.secondsLeft ?? NaN, 20 + writingSeconds(3), 1e-6);
  assertEquals(progress.snapshot(40)?.bound, undefined);
  // At the pace until then, nothing would be left.
  assertGreater(progress.snapshot(40)?.secondsLeft ?? NaN, 10);
});

Deno.test("SweepProgress counts the time that writing the results takes", () => {
  const runs = runsOf([1e8], 10_000);
  const progress = new SweepProgress({ workers: 1 });
  progress.add({
    ...{ kind: "stage_began", stage: RUNS, runs, metric: "validation_accuracy", ahead: [] },
  }, 0);
  runs.forEach((run, index) =>
    progress.add({ kind: "trained", run, result: { ...runResult(0), trainSeconds: 1 } }, index + 1)
  );
  const writing = writingSeconds(10_000);
  assertAlmostEquals(progress.snapshot(10_000)?.secondsLeft ?? NaN, writing, 1e-6);
  progress.add({ kind: "stage_ended", stage: RUNS, outcomes: [] }, 10_000);
  progress.add({
    ...{ kind: "stage_began", stage: SCORES, runs: [], metric: "validation_accuracy", ahead: [] },
  }, 10_000);
  progress.add({ kind: "stage_ended", stage: SCORES }, 10_000);
  assertAlmostEquals(progress.snapshot(10_002)?.secondsLeft ?? NaN, writing - 2, 1e-6);
  // It takes longer than expected.
  assertEquals(progress.snapshot(10_060)?.secondsLeft, 1);
});
