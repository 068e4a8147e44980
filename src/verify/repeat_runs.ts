import type { Cell } from "../experiment/experiment.ts";
import { runDifference, type RunRows } from "../results/run_difference.ts";
import type { Launcher, LaunchOptions } from "../sweep/launcher.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import type { RunEvent } from "../sweep/sweep_events.ts";
import { trainRuns } from "../sweep/train_runs.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { Finding } from "./check.ts";
import type { ComputedRun } from "./check_run.ts";

/** Runs of one trainer that are trained a second time: enough to tell what it is like. */
const MOST_REPEATS = 3;

export interface RepeatOptions extends Omit<LaunchOptions, "admit" | "onRunEnd" | "onMessage"> {
  readonly launcher: Launcher;
  /** The rows of a run that ended. */
  readonly rowsOf: (event: RunEvent<RunResult>) => ComputedRun;
}

/**
 * Trains runs a second time and says of each whether that gives the same again: if not, its trainer is
 * not deterministic, and that the run differs from a sweep's files says nothing about these.
 *
 * @param first What the runs gave the first time, in any order; of each trainer, the first few of the
 * experiment are repeated.
 */
export async function repeatRuns(
  first: ReadonlyMap<PlannedRun, RunRows>,
  { launcher, rowsOf, signal, onProblem }: RepeatOptions,
): Promise<Map<PlannedRun, Finding>> {
  // Which runs end first depends on the machine.
  const inOrder = [...first.keys()].sort((a, b) =>
    a.cell.index - b.cell.index || a.replicate - b.replicate
  );
  const byTrainer = Map.groupBy(inOrder, ({ cell }) => cell.trainer);
  const repeated = [...byTrainer.values()].flatMap((runs) => runs.slice(0, MOST_REPEATS));
  const findings = new Map<PlannedRun, Finding>();
  const compare = (event: RunEvent<RunResult>) => {
    const [before, now] = [first.get(event.run), rowsOf(event)];
    if (!before) throw new Error("A launcher gave a run that it was not given");
    findings.set(event.run, { what: repeatText(event.run.cell, before, now) });
  };
  const training = { launcher, signal, onProblem, failFast: false, leavesToOthers: false };
  if (repeated.length > 0) await trainRuns(repeated, { ...training, onEvent: compare });
  return findings;
}

function repeatText({ trainer }: Pick<Cell, "trainer">, before: RunRows, now: ComputedRun): string {
  const claim = `Trainer ${trainer} is not deterministic: trained twice here, it`;
  if ("failure" in now) return `${claim} failed the second time: ${now.failure}`;
  if (runDifference(before, now)) return `${claim} gave two results`;
  return "Trained twice here, it gave the same result both times";
}
