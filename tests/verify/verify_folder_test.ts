import { assert, assertEquals, assertRejects } from "@std/assert";
import type { LaunchedRun } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { SweepEvent } from "../../src/sweep/sweep_events.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { UserError } from "../../src/user_error.ts";
import { passes } from "../../src/verify/check.ts";
import { verifyFolder, type VerifyOptions } from "../../src/verify/verify_folder.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import {
  type ExperimentLines,
  shortly,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "../sweep/_small_experiment.ts";
import { verdictOn, withSweptFolder } from "./_swept_folder.ts";

/** Sweeps a small experiment, and verifies its folder with runs that end as given. */
function verifying(
  { end = succeed, lines, ...options }: Partial<VerifyOptions> & {
    end?: (run: PlannedRun) => LaunchedRun;
    lines?: ExperimentLines;
  },
  check: (
    result: Awaited<ReturnType<typeof verifyFolder>>,
    events: readonly SweepEvent[],
  ) => void,
): Promise<void> {
  return withSmallExperiment(async (small) => {
    const launcher = new FakeLauncher(succeed);
    await sweepExperiment(small, sweepOptions(small, { launcher }));
    const events: SweepEvent[] = [];
    const result = await verifyFolder(`${small.reports}/small`, {
      workers: 1,
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
      launcher: new FakeLauncher(end),
      ...options,
    });
    check(result, events);
  }, lines);
}

function failsOnOne(run: PlannedRun): boolean {
  return run.cell.index === 1 && run.task.seed === 2;
}

Deno.test("verifyFolder() passes a folder whose runs end as it says", () =>
  verifying({}, (result, events) => {
    assert(result.state === "complete");
    const { isRight, runs, total, changes } = result.verdict;
    assertEquals([isRight, runs.length, total, changes], [true, 4, 4, []]);
    assertEquals(shortly(events), [
      "began runs of 4",
      "trained l2_penalty=0 1",
      "trained l2_penalty=0 2",
      "trained l2_penalty=0.1 1",
      "trained l2_penalty=0.1 2",
      "ended runs",
    ]);
  }));

Deno.test("verifyFolder() finds the run that ends in another way, and counts it as failed", () => {
  const end = (run: PlannedRun): LaunchedRun => {
    const ended = succeed(run);
    if (!failsOnOne(run) || !ended.result) return ended;
    return { ...ended, result: { ...ended.result, bestStep: 0 } };
  };
  return verifying({ end }, (result, events) => {
    assert(result.state === "complete");
    const { isRight, runs, files } = result.verdict;
    assertEquals(isRight, false);
    const failed = [...runs, ...files].filter((check) => !passes(check));
    assertEquals(failed.map(({ subject }) => subject), [
      "l2_penalty=0.1, seed 2",
      "runs.csv",
      "cells.csv",
      "report.html",
    ]);
    assertEquals(shortly(events).filter((event) => event.startsWith("failed")), [
      "failed l2_penalty=0.1 2",
    ]);
  });
});

Deno.test("verifyFolder() computes a sample alone", () =>
  verifying({ sample: { size: 2, seed: 1 } }, (result, events) => {
    assert(result.state === "complete");
    const { isRight, runs, total } = result.verdict;
    assertEquals([isRight, runs.length, total], [true, 2, 4]);
    assertEquals(shortly(events)[0], "began runs of 2");
  }));

Deno.test("verifyFolder() finds out again which cells go on", () => {
  const lines = {
    penalties: "[0, 0.1, 0.2]",
    more: "successive_halving: { min_steps: 2, eta: 2 }\n",
  };
  return verifying({ lines }, (result, events) => {
    assert(result.state === "complete" && result.verdict.isRight);
    const stages = shortly(events).filter((event) => /^(began|ended)/.test(event));
    assertEquals(stages, ["began rung of 6", "ended rung", "began runs of 4", "ended runs"]);
  });
});

Deno.test("verifyFolder() ends when its signal aborts, and says how far it came", () => {
  const stop = new AbortController();
  const end = (run: PlannedRun) => {
    if (run.cell.index === 1) stop.abort();
    return succeed(run);
  };
  return verifying({ end, signal: stop.signal }, (result) => {
    assertEquals(result, { state: "interrupted", done: 2, total: 4 });
  });
});

Deno.test("verifyFolder() says so where files are replaced meanwhile", () =>
  withSweptFolder(async (folder) => {
    const launcher = new FakeLauncher((run) => {
      Deno.writeTextFileSync(`${folder}/manifest.json`, "{}");
      return succeed(run);
    });
    const error = await assertRejects(() => verdictOn(folder, { launcher }), UserError);
    assertEquals(error.message, `Cannot verify ${folder}: its files were replaced meanwhile`);
    assertEquals(error.exitCode, 1);
  }));
