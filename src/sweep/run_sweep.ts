import { countOf } from "../format_number.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { NondeterminismError } from "../store/nondeterminism_error.ts";
import type { Store } from "../store/store.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "./launcher.ts";
import { hasWanted } from "./known_records.ts";
import { outcomeOf } from "./outcome_of.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { Progress } from "./progress.ts";
import { RunClaims } from "./run_claims.ts";
import { schedule } from "./schedule.ts";

/** Records written at a time: enough to keep up with the workers, few enough to wait for. */
const CONCURRENT_PUTS = 16;

export interface SweepOptions extends Omit<LaunchOptions, "admit"> {
  readonly store: Store;
  readonly launcher: Launcher;
  readonly progress: Progress;
  /** True: the first run that fails ends the sweep. */
  readonly failFast: boolean;
  /**
   * True: a run that another process is training is left to it, and trained here if that one fails.
   * Otherwise it is trained twice, which is harmless.
   */
  readonly leavesToOthers: boolean;
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
  { store, launcher, progress, failFast, leavesToOthers, signal, onProblem }: SweepOptions,
): Promise<RunOutcome[]> {
  const outcomes = new Map<PlannedRun, RunOutcome>();
  const settle = (run: PlannedRun, outcome: { result: RunResult } | { failure: string }) => {
    outcomes.set(run, outcomeOf(run, outcome));
  };

  const records = await store.getMany(runs.map(({ key }) => key));
  const enriched = new Set<string>();
  records.forEach((record, index) => {
    if (!record) return;
    if (!hasWanted(runs[index], record.result)) {
      enriched.add(record.key);
      return;
    }
    progress.addKnown(runs[index], record.result);
    settle(runs[index], { result: record.result });
  });

  if (enriched.size > 0) onProblem(enrichmentText(enriched.size, runs));
  const missing = schedule(runs.filter((run) => !outcomes.has(run)));
  const claims = new RunClaims(store, enriched);
  const ending = new Set<Promise<void>>();
  const stop = new AbortController();
  let storeError: unknown;
  const fail = (run: PlannedRun, failure: string) => {
    claims.release(run.key);
    progress.addFailed(run);
    settle(run, { failure });
    if (failFast) stop.abort();
  };
  const end = (run: PlannedRun, keepOrFetch: () => Promise<void>) => {
    const ended = keepOrFetch().catch((error) => {
      if (error instanceof NondeterminismError) return fail(run, error.message);
      storeError ??= error;
      stop.abort();
    }).finally(() => {
      claims.release(run.key);
      ending.delete(ended);
    });
    ending.add(ended);
  };
  const keep = async ({ run, result, isStored }: LaunchedRun & { result: RunResult }) => {
    if (!isStored) await store.put({ key: run.key, identity: run.identity, result });
    progress.addTrained(run, result);
    settle(run, { result });
  };
  const fetch = async (run: PlannedRun) => {
    const record = await store.get(run.key);
    if (!record) return fail(run, "another process trained it, and its record is damaged");
    progress.addKnown(run, record.result);
    settle(run, { result: record.result });
  };
  const launched = launcher.launch(missing, {
    signal: AbortSignal.any([signal, stop.signal]),
    onProblem,
    admit: leavesToOthers
      ? (run) => claims.admit(run, () => end(run, () => fetch(run)))
      : undefined,
  });
  try {
    for await (const outcome of launched) {
      if (outcome.result === undefined) fail(outcome.run, outcome.failure);
      else {
        end(outcome.run, () => keep(outcome));
        if (ending.size >= CONCURRENT_PUTS) await Promise.race(ending);
      }
    }
    await Promise.all(ending);
  } finally {
    claims.releaseAll();
  }
  if (storeError) throw storeError;
  signal.throwIfAborted();
  return runs.flatMap((run) => outcomes.get(run) ?? []);
}

function enrichmentText(
  count: number,
  [{ task: { measures = [] } }]: readonly PlannedRun[],
): string {
  return `Training ${countOf(count, "run")} again, whose records lack ${measures.join(", ")}`;
}
