import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { runRows } from "../results/runs_csv.ts";
import { NondeterminismError } from "../store/nondeterminism_error.ts";
import type { StoredTest } from "../store/run_record.ts";
import type { Store } from "../store/store.ts";
import type { RunResult, TestResult } from "../trainers/run_result.ts";
import { type Problem, UserError } from "../user_error.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "./launcher.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { Progress } from "./progress.ts";
import { isScoreWhole } from "./known_records.ts";
import { RunClaims } from "./run_claims.ts";
import { schedule } from "./schedule.ts";

/** A run that completed, to be scored on the test rows. */
export interface RunToScore {
  readonly run: PlannedRun;
  readonly result: RunResult;
}

/** The completed runs of the cells that are scored, in the order of `runs`. */
export async function runsToScore(
  runs: readonly PlannedRun[],
  outcomes: readonly RunOutcome[],
  { experiment, dataset }: { experiment: Experiment; dataset: Pick<Dataset, "rows"> },
): Promise<RunToScore[]> {
  // Not before it is needed: training starts without statistics.
  const { scoredCells } = await import("./scored_cells.ts");
  const roles = scoredCells(experiment, runRows(experiment, outcomes), dataset);
  const resultOf = new Map(outcomes.map(({ key, result }) => [key, result]));
  return runs.flatMap((run) => {
    const result = roles.has(run.cell.name) ? resultOf.get(run.key) : undefined;
    return result?.status === "completed" ? [{ run, result }] : [];
  });
}

export interface ScoringOptions extends Omit<LaunchOptions, "admit"> {
  /** Of scores alone, so that no run's record depends on whether it was scored. */
  readonly store: Store<StoredTest>;
  readonly launcher: Launcher;
  /** Of the runs to score. */
  readonly progress: Progress;
}

/**
 * Scores runs on the test rows, by their keys: trains once more those whose scores neither the store
 * knows nor another process is about to find, and stores each score as it comes.
 *
 * @throws {UserError} If a training fails, or ends with another model than the run had: what had been
 * stored is kept; the exit code is 1.
 * @throws The signal's reason if it aborted.
 */
export async function scoreTestRows(
  runs: readonly RunToScore[],
  { store, launcher, progress, signal, onProblem }: ScoringOptions,
): Promise<Map<string, TestResult>> {
  const digests = new Map(runs.map(({ run, result }) => [run.key, result.digest]));
  const scores = new Map<string, TestResult>();
  const missing: PlannedRun[] = [];
  const enriched = new Set<string>();
  const records = await store.getMany([...digests.keys()]);
  runs.forEach(({ run, result }, index) => {
    const record = records[index];
    if (record?.result.digest === result.digest && isScoreWhole(run, record.result)) {
      progress.addKnown(run, result);
      scores.set(run.key, record.result);
      return;
    }
    missing.push({ ...run, task: { ...run.task, scoresTest: true } });
    if (record) enriched.add(run.key);
  });

  const problems: Problem[] = [];
  const fail = ({ cell, task }: PlannedRun, reason: string): void => {
    problems.push({ message: `Cannot score ${cell.name}, seed ${task.seed}: ${reason}` });
  };
  const score = async ({ run, result, test, failure }: LaunchedRun) => {
    const digest = digests.get(run.key) ?? "";
    if (failure !== undefined) return fail(run, failure);
    if (result.digest !== digest) {
      return fail(run, new NondeterminismError(run.key, { digest }, result).message);
    }
    if (!test) throw new Error(`Run ${run.key} has no test score`);
    await store.put({ key: run.key, identity: run.identity, result: { digest, ...test } });
    progress.addTrained(run, result);
    scores.set(run.key, test);
  };
  const claims = new RunClaims(store, enriched);
  const scoredElsewhere: PlannedRun[] = [];
  const admit = (run: PlannedRun) => claims.admit(run, () => scoredElsewhere.push(run));
  try {
    const options = { signal, onProblem, admit };
    for await (const launched of launcher.launch(schedule(missing), options)) {
      await score(launched);
      claims.release(launched.run.key);
    }
  } finally {
    claims.releaseAll();
  }
  signal.throwIfAborted();
  for (const run of scoredElsewhere) {
    const record = await store.get(run.key);
    if (record && record.result.digest === digests.get(run.key)) scores.set(run.key, record.result);
    else fail(run, "another process scored it, and its record is damaged");
  }
  if (problems.length > 0) throw new UserError(problems, 1);
  return scores;
}
