import { assertEquals } from "@std/assert";
import { curveRows } from "../../src/results/curves_csv.ts";
import { runRows } from "../../src/results/runs_csv.ts";
import { outcomeOf } from "../../src/sweep/outcome_of.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { RunEvent } from "../../src/sweep/sweep_events.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";
import type { ComputedRun } from "../../src/verify/check_run.ts";
import { repeatRuns } from "../../src/verify/repeat_runs.ts";
import { sampleExperiment } from "../results/_sample_outcomes.ts";
import { FakeLauncher } from "../sweep/_fake_launcher.ts";
import { plannedRuns } from "../sweep/_planned_runs.ts";
import { runResult } from "../sweep/_run_result.ts";

const RUNS = plannedRuns([{ dropout: 0 }, { dropout: 0.1 }, { dropout: 0.2 }, { dropout: 0.3 }]);
const EXPERIMENT = sampleExperiment(["dropout"], RUNS.map(({ cell }) => cell));

function rowsOf(event: RunEvent<RunResult>): ComputedRun {
  if (event.kind === "failed") return { failure: event.failure };
  const outcome = outcomeOf(event.run, event);
  const [row] = runRows(EXPERIMENT, [outcome]);
  return { row, curve: curveRows(EXPERIMENT, [outcome]) };
}

/** What is found of the runs, whose second results have these accuracies; none if they fail. */
async function findings(
  seconds: readonly (number | undefined)[],
  ended = RUNS,
): Promise<(string | undefined)[]> {
  const first = new Map(ended.map((run) => {
    const rows = rowsOf({ kind: "trained", run, result: runResult(run.task.seed, 0.5) });
    if ("failure" in rows) throw new Error(rows.failure);
    return [run, rows];
  }));
  const launcher = new FakeLauncher((run: PlannedRun) => {
    const accuracy = seconds[RUNS.indexOf(run)];
    return accuracy === undefined
      ? { run, failure: "it ended with exit code 1" }
      : { run, result: runResult(run.task.seed, accuracy) };
  });
  const { signal } = new AbortController();
  const found = await repeatRuns(first, { launcher, rowsOf, signal, onProblem: () => {} });
  return RUNS.map((run) => found.get(run)?.what);
}

const SAME = "Trained twice here, it gave the same result both times";
const CLAIM = "Trainer mlp is not deterministic: trained twice here, it";
const OTHER = `${CLAIM} gave two results`;
const FAILED = `${CLAIM} failed the second time: it ended with exit code 1`;

Deno.test("repeatRuns() tells a trainer that is not deterministic from one that is", async () => {
  assertEquals(await findings([0.5, 0.5, 0.5, 0.5]), [SAME, SAME, SAME, undefined]);
  assertEquals(await findings([0.5, 0.6, undefined, 0.5]), [SAME, OTHER, FAILED, undefined]);
});

Deno.test("repeatRuns() repeats the same runs in whichever order they ended", async () => {
  const same = [SAME, SAME, SAME, undefined];
  assertEquals(await findings([0.5, 0.5, 0.5, 0.5], RUNS.toReversed()), same);
});
