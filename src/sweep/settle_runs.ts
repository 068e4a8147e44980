import { KeyPlaces } from "../store/key_table.ts";
import { NondeterminismError } from "../store/nondeterminism_error.ts";
import type { StoredResult } from "../store/run_record.ts";
import type { Store } from "../store/store.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import type { Budget } from "./budget.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "./launcher.ts";
import type { PlannedRun } from "./planned_run.ts";
import { RunClaims } from "./run_claims.ts";
import { schedule } from "./schedule.ts";

/**
 * Records written at a time, each with an open file for its run's claim: enough to keep up with
 * the workers, few enough to wait for.
 */
const CONCURRENT_PUTS = 8;

/** A run that was trained here. */
export type TrainedRun = Extract<LaunchedRun, { result: RunResult }>;
/** A run that was scored here by its model. */
export type ScoredRun = Extract<LaunchedRun, { result?: undefined; failure?: undefined }>;

/** How a run ended, with what the store keeps of it. */
export type Ending<Result> =
  /** The store had its record, or another process has put it there. */
  | { readonly kind: "known"; readonly run: PlannedRun; readonly kept: Result }
  | {
    readonly kind: "trained";
    readonly run: PlannedRun;
    readonly kept: Result;
    readonly trained: TrainedRun;
  }
  | { readonly kind: "scored"; readonly run: PlannedRun; readonly kept: Result }
  /** `failure` is the reason, in words for a user. */
  | { readonly kind: "failed"; readonly run: PlannedRun; readonly failure: string };

export interface SettleOptions<Result extends StoredResult>
  extends Omit<LaunchOptions, "admit" | "onRunEnd"> {
  readonly launcher: Launcher;
  /** Where results are looked up and kept; without it, every run is trained and none is kept. */
  readonly store?: Store<Result>;
  /** True: the first run that fails ends the others. */
  readonly failFast: boolean;
  /**
   * True: a run that another process is training is left to it, and trained here if that one fails.
   * Otherwise it is trained twice, which is harmless.
   */
  readonly leavesToOthers: boolean;
  /** Leaves out runs that would not end in time. */
  readonly budget?: Budget;
  /** Keeps the model of a run whose result is in the store. */
  readonly keepModel?: (trained: TrainedRun) => Promise<void>;
  /** Clears what can be done without, when a record cannot be written; it is then tried once more. */
  readonly makeRoom?: () => Promise<void>;
}

/** What to keep of runs, and what to call when they end. */
export interface Keeping<Result extends StoredResult> {
  /**
   * What to keep of a run that was trained.
   *
   * @throws {NondeterminismError} If it differs from what is known of the run, which then fails.
   */
  readonly resultOf: (trained: TrainedRun) => Result;
  /** What to keep of a run that was scored by its model; needed where `modelOf` is given. */
  readonly scoreOf?: (scored: ScoredRun) => Result;
  /** Why what was trained is no result of the run, in words, if so: then the run fails. */
  readonly failureOf?: (trained: TrainedRun) => string | undefined;
  /** Whether a run can use the result in its record; every run can if not given. */
  readonly isUsable?: (run: PlannedRun, kept: Result) => boolean;
  /**
   * Why the result in a record cannot be the run's, if so: the record is moved aside, and the run is
   * done again.
   */
  readonly misfit?: (run: PlannedRun, kept: Result) => string | undefined;
  /** Says to the user that so many runs are done again because their records are not usable. */
  readonly unusableText?: (count: number) => string;
  readonly onEnd: (ending: Ending<Result>) => void;
}

/** How many records to hold in memory at once. */
const RECORDS_AT_A_TIME = 1000;
/** For more runs, listing the store is faster than looking for each record. */
const MANY_RUNS = 5000;

/** Runs with the results that the store has of them. */
async function* knownResults<Result extends StoredResult>(
  runs: readonly PlannedRun[],
  store: Store<Result> | undefined,
): AsyncGenerator<readonly [run: PlannedRun, kept: Result | undefined]> {
  const there = store && runs.length > MANY_RUNS ? await listed(runs, store) : undefined;
  for (let first = 0; first < runs.length; first += RECORDS_AT_A_TIME) {
    const batch = runs.slice(first, first + RECORDS_AT_A_TIME);
    const sought = batch.filter((_, index) => there?.[first + index] !== 0);
    const records = await store?.getMany(sought.map(({ key }) => key)) ?? [];
    const results = new Map(sought.map((run, index) => [run, records[index]?.result]));
    for (const run of batch) yield [run, results.get(run)];
  }
}

/** For each run, 1 if the store lists its key, otherwise 0. */
async function listed<Result extends StoredResult>(
  runs: readonly PlannedRun[],
  store: Store<Result>,
): Promise<Uint8Array> {
  const places = new KeyPlaces(runs.length, (place) => runs[place].key);
  const there = new Uint8Array(runs.length);
  for await (const keys of store.listKeys(places)) {
    for (const key of keys) {
      const place = places.placeOf(key);
      if (place !== undefined) there[place] = 1;
    }
  }
  return there;
}

/**
 * Ends runs, each in one way: the store has its record, or it is trained here and stored, or another
 * process trains it, or it fails. Runs that the signal, `failFast` or the launcher leaves out do not
 * end.
 *
 * @throws {UserError} If the store cannot be written; what had been stored is kept.
 * @throws The signal's reason if it aborted, when all that had finished is stored.
 */
export async function settleRuns<Result extends StoredResult>(
  runs: readonly PlannedRun[],
  { launcher, store, failFast, leavesToOthers, budget, keepModel, makeRoom, ...launching }:
    SettleOptions<Result>,
  keeping: Keeping<Result>,
): Promise<void> {
  const { signal, onProblem } = launching;
  const { resultOf, scoreOf, failureOf, isUsable = () => true, misfit, unusableText, onEnd } =
    keeping;
  // What the store knows.
  const unusable = new Set<string>();
  const missing: PlannedRun[] = [];
  for await (const [run, kept] of knownResults(runs, store)) {
    const reason = kept && misfit?.(run, kept);
    if (reason !== undefined) await store?.reject(run.key, reason);
    if (kept === undefined || reason !== undefined) missing.push(run);
    else if (isUsable(run, kept)) onEnd({ kind: "known", run, kept });
    else {
      unusable.add(run.key);
      missing.push(run);
    }
  }

  if (unusable.size > 0 && unusableText) onProblem(unusableText(unusable.size));

  const claims = store && leavesToOthers ? new RunClaims(store, unusable) : undefined;
  const stop = new AbortController();
  let broken: unknown;
  const fail = (run: PlannedRun, failure: string) => {
    claims?.release(run.key);
    onEnd({ kind: "failed", run, failure });
    if (failFast) stop.abort();
  };

  // Records are written and read while others are trained.
  const ending = new Set<Promise<void>>();
  const end = (run: PlannedRun, keepOrFetch: () => Promise<void>) => {
    const ended = keepOrFetch().catch((error) => {
      if (error instanceof NondeterminismError) return fail(run, error.message);
      broken ??= error;
      stop.abort();
    }).finally(() => {
      claims?.release(run.key);
      ending.delete(ended);
    });
    ending.add(ended);
  };
  const put = async ({ key, identity }: PlannedRun, result: Result) => {
    const record = { key, identity, result };
    try {
      await store?.put(record);
    } catch (error) {
      if (!makeRoom || !(error instanceof UserError)) throw error;
      await makeRoom();
      await store?.put(record);
    }
  };
  const keep = async (trained: TrainedRun) => {
    const { run, isStored } = trained;
    const kept = resultOf(trained);
    if (!isStored) await put(run, kept);
    await keepModel?.(trained);
    onEnd({ kind: "trained", run, kept, trained });
  };
  const keepScore = async (scored: ScoredRun) => {
    const { run } = scored;
    const kept = scoreOf?.(scored);
    if (!kept) throw new TypeError(`Run ${run.key} was scored and was to be trained`);
    await put(run, kept);
    onEnd({ kind: "scored", run, kept });
  };
  let fetched = Promise.resolve();
  const fetch = async (run: PlannedRun) => {
    const kept = (await store?.get(run.key))?.result;
    if (kept !== undefined && isUsable(run, kept)) onEnd({ kind: "known", run, kept });
    else fail(run, "another process trained it, and its record is damaged");
  };

  const launched = launcher.launch(schedule(missing), {
    ...launching,
    signal: AbortSignal.any([signal, stop.signal]),
    admit: (claims || budget) && ((run, others) => {
      const admission = budget?.admit(run, others) ?? "now";
      if (admission !== "now") return admission;
      const claimed = claims?.admit(run, () => {
        // One after another: others may have trained any number of runs.
        end(run, () => fetched = fetched.then(() => fetch(run)));
      }) ?? "now";
      if (claimed === "now") budget?.begin(run, others);
      return claimed;
    }),
    onRunEnd: budget && ((run, result) => budget.end(run, result)),
  });
  try {
    for await (const outcome of launched) {
      if (outcome.failure !== undefined) fail(outcome.run, outcome.failure);
      else if (!outcome.result) end(outcome.run, () => keepScore(outcome));
      else {
        const problem = failureOf?.(outcome);
        if (problem !== undefined) fail(outcome.run, problem);
        else end(outcome.run, () => keep(outcome));
      }
      while (ending.size >= CONCURRENT_PUTS) await Promise.race(ending);
    }
    await Promise.all(ending);
  } finally {
    claims?.releaseAll();
  }
  if (broken) throw broken;
  signal.throwIfAborted();
}
