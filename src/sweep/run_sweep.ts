import type { RunOutcome } from "../results/run_outcome.ts";
import { NondeterminismError } from "../store/nondeterminism_error.ts";
import type { Store } from "../store/store.ts";
import type { RunResult } from "../train/run_result.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "./launcher.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { Progress } from "./progress.ts";
import { schedule } from "./schedule.ts";

/** Records written at a time: enough to keep up with the workers, few enough to wait for. */
const CONCURRENT_PUTS = 16;

export interface SweepOptions extends LaunchOptions {
  readonly store: Store;
  readonly launcher: Launcher;
  readonly progress: Progress;
  /** True: the first run that fails ends the sweep. */
  readonly failFast: boolean;
}

/**
 * Trains the runs that the store does not know, and stores each as it finishes.
 *
 * Gives the outcomes in the order of the runs; runs that `failFast` kept from ending have none.
 *
 * @throws {UserError} If the store cannot be written; what had been stored is kept.
 * @throws The signal's reason if it aborted, when all that had finished is stored.
 */
export async function runSweep(
  runs: readonly PlannedRun[],
  { store, launcher, progress, failFast, signal, onProblem }: SweepOptions,
): Promise<RunOutcome[]> {
  const outcomes = new Map<PlannedRun, RunOutcome>();
  const settle = (run: PlannedRun, outcome: { result: RunResult } | { failure: string }) => {
    const { key, cell, replicate, task } = run;
    outcomes.set(run, { key, cell, replicate, seed: task.seed, ...outcome });
  };

  const records = await store.getMany(runs.map(({ key }) => key));
  records.forEach((record, index) => {
    if (!record) return;
    progress.addKnown(runs[index], record.result);
    settle(runs[index], { result: record.result });
  });

  const missing = schedule(runs.filter((run) => !outcomes.has(run)));
  const putting = new Set<Promise<void>>();
  const stop = new AbortController();
  let storeError: unknown;
  const fail = (run: PlannedRun, failure: string) => {
    progress.addFailed(run);
    settle(run, { failure });
    if (failFast) stop.abort();
  };
  const put = async ({ run, result, isStored }: LaunchedRun & { result: RunResult }) => {
    try {
      if (!isStored) await store.put({ key: run.key, identity: run.identity, result });
      progress.addTrained(run, result);
      settle(run, { result });
    } catch (error) {
      if (error instanceof NondeterminismError) fail(run, error.message);
      else {
        storeError ??= error;
        stop.abort();
      }
    }
  };
  const launched = launcher.launch(missing, {
    signal: AbortSignal.any([signal, stop.signal]),
    onProblem,
  });
  for await (const outcome of launched) {
    if (outcome.result === undefined) {
      fail(outcome.run, outcome.failure);
      continue;
    }
    const done = put(outcome).finally(() => putting.delete(done));
    putting.add(done);
    if (putting.size >= CONCURRENT_PUTS) await Promise.race(putting);
  }
  await Promise.all(putting);
  if (storeError) throw storeError;
  signal.throwIfAborted();
  return runs.flatMap((run) => outcomes.get(run) ?? []);
}
