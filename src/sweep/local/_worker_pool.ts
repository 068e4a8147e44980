import { AwakeClock } from "../../awake_clock.ts";
import { lookAt } from "../../files/facts.ts";
import { formatDuration } from "../../format_number.ts";
import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { LocalPrograms } from "../../trainers/command/local_programs.ts";
import type { ProgramStart } from "../../trainers/command/program_runner.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import type { TrainerContext, TrainerName } from "../../trainers/trainer.ts";
import type { LaunchedRun, LaunchOptions } from "../launcher.ts";
import { nameOf, type PlannedRun } from "../planned_run.ts";
import { logPath } from "../run_logs.ts";
import { type Ending, FirstRuns } from "./_first_runs.ts";
import { type Member, terminate } from "./_member.ts";
import { type PoolStage, RunQueue } from "./_run_queue.ts";
import { Sendings } from "./_sendings.ts";
import { StateKeeper } from "./_state_keeper.ts";
import { lifeLockReleased } from "./life_lock.ts";
import type { RunLimits } from "./run_limits.ts";
import { workerStage } from "./_worker_stage.ts";
import type { EndedProgram, WorkerMessage, WorkerSetup } from "./worker_messages.ts";

/** One run in training and one waiting: a worker never idles while the main thread is busy. */
const TASKS_PER_WORKER = 2;
/** Outcomes that may wait for the consumer while every worker has its tasks. */
const WAITING_OUTCOMES = 8;
/** Between checks for workers that hang, and for runs that others may have left. */
const WATCH_MILLISECONDS = 200;
/** Looks that find nothing to do but to wait for others, before the user gets a message. */
const PATIENT_LOOKS = 50;
/** How often a long stage gives its state, so that it can go on after an interruption. */
const STATE_SECONDS = 30;
const WAITS_FOR_OTHERS = "Waiting for another process, which is training what is left to train";

export interface PoolOptions extends LaunchOptions {
  readonly workers: number;
  readonly context: TrainerContext;
  readonly library?: ChosenLibrary;
  /** Called with the kernels that a worker uses, before it trains. */
  readonly onKernels: (kernels: SettledKernels) => void;
  readonly workerUrl: URL;
  readonly limits: RunLimits;
  /** In place of `STATE_SECONDS`. */
  readonly stateSeconds?: number;
  /** The folder for the logs of programs' runs; none are kept if not given. */
  readonly logs?: string;
}

/** A message of a kind. */
type Said<Kind extends WorkerMessage["kind"]> = Extract<WorkerMessage, { kind: Kind }>;

/** Workers and the runs that they share; runs are identified by their index. */
export class WorkerPool {
  readonly #runs: readonly PlannedRun[];
  readonly #outcomes: ReadableStreamDefaultController<LaunchedRun>;
  readonly #options: PoolOptions;
  readonly #sendings: Sendings;
  readonly #hasModules: boolean;
  readonly #members = new Map<number, Member>();
  readonly #queue: RunQueue;
  readonly #states: StateKeeper;
  readonly #clock = new AwakeClock();
  readonly #watch: ReturnType<typeof setInterval>;
  /** Starts programs; loaded when the first run needs it. */
  #programs: Promise<LocalPrograms> | undefined;
  /** Trained once more when no worker has anything else to do. */
  readonly #firsts: FirstRuns;
  readonly #shownReasons = new Set<string>();
  #idleLooks = 0;
  #lastNumber = 0;
  #closed = false;

  constructor(
    runs: readonly PlannedRun[],
    outcomes: ReadableStreamDefaultController<LaunchedRun>,
    options: PoolOptions,
  ) {
    this.#runs = runs;
    this.#outcomes = outcomes;
    this.#options = options;
    this.#sendings = new Sendings(runs.length);
    this.#hasModules = options.context.own?.some(({ kind }) => kind === "module") ?? false;
    const stages = TASKS_PER_WORKER * options.workers;
    this.#queue = new RunQueue(runs, { ...options, stages });
    this.#states = new StateKeeper(options.sharing);
    this.#firsts = new FirstRuns(runs, options.context);
    this.#watch = setInterval(() => this.#lookAfter(), WATCH_MILLISECONDS);
    options.signal.addEventListener("abort", this.#end);
    if (options.signal.aborted) this.#end();
    else this.#shareOut();
  }

  /**
   * How many outcomes may wait for the consumer, with a stage on its way for each: no more is then sent
   * out. So the runs that are admitted, each of which may have an open file, are bounded.
   */
  static room({ workers }: Pick<PoolOptions, "workers">): number {
    return TASKS_PER_WORKER * workers + WAITING_OUTCOMES;
  }

  /** Goes on where it waited for the consumer. */
  goOn(): void {
    this.#shareOut();
  }

  /** Stops all workers at once; resolves when no program is left that they have asked for. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#clock[Symbol.dispose]();
    this.#options.signal.removeEventListener("abort", this.#end);
    const ending = Array.from(
      this.#members.values(),
      (member) => terminate(member, this.#hasModules),
    );
    this.#members.clear();
    await Promise.all([...ending, this.#states.settled()]);
    await (await this.#programs)?.[Symbol.asyncDispose]();
  }

  readonly #end = () => {
    if (this.#closed) return;
    for (const { index, ...ending } of this.#firsts.held()) {
      this.#outcomes.enqueue({ run: this.#runs[index], ...ending });
    }
    this.close().then(() => this.#outcomes.close());
  };

  /** Ends workers that hang, and asks again for the runs that others had. */
  #lookAfter(): void {
    for (const member of this.#members.values()) this.#checkTime(member);
    this.#idleLooks = this.#queue.waitsForOthers ? this.#idleLooks + 1 : 0;
    if (this.#idleLooks === PATIENT_LOOKS) this.#options.onProblem(WAITS_FOR_OTHERS);
    this.#queue.askAgain();
    this.#shareOut();
  }

  #checkTime(member: Member): void {
    const [stage] = member.tasks;
    if (!stage || !this.#sendings.hasBegun(stage)) return;
    const { sending, runs: [index, ...others] } = stage;
    const now = this.#clock.milliseconds;
    if (member.seen?.sending !== sending) member.seen = { sending, milliseconds: now };
    const limit = this.#options.limits.secondsFor(this.#runs[index]);
    if (now - member.seen.milliseconds <= 1000 * limit) return;
    this.#dismiss(member);
    this.#queue.retry({ ...stage, runs: others });
    const failure = `no result after ${formatDuration(limit)}: stopped; --run-timeout allows more`;
    const { log } = member;
    const isLogged = log !== undefined && (lookAt(log)?.size ?? 0) > 0;
    this.#settle(index, { failure: isLogged ? `${failure} (log: ${log})` : failure });
  }

  #shareOut(): void {
    if (this.#closed) return;
    while (this.#members.size < Math.min(this.#options.workers, this.#queue.left)) this.#hire();
    for (let wanted = 1; wanted <= TASKS_PER_WORKER; wanted++) {
      for (const member of this.#members.values()) {
        if (member.tasks.length >= wanted) continue;
        const next = this.#hasRoom() ? this.#queue.next() : undefined;
        const stage = next ?? (wanted === 1 ? this.#takeBack() : undefined);
        if (stage) this.#send(member, stage);
      }
    }
    if (this.#queue.left === 0) this.#end();
    else if (this.#isIdle()) this.#repeatFirsts();
  }

  /** Whether nothing is left to train, unless other processes leave something. */
  #isIdle(): boolean {
    if (!this.#queue.isEmpty) return false;
    return Array.from(this.#members.values()).every(({ tasks }) => tasks.length === 0);
  }

  /** Trains the first runs of modules again. It waits for no other process, since one may wait for them. */
  #repeatFirsts(): void {
    const repeat = (member: Member, isWanted: (trainer: TrainerName) => boolean) => {
      const index = this.#firsts.takeDue(isWanted);
      if (index !== undefined) this.#send(member, { lead: index, runs: [index], until: Infinity });
    };
    const members = [...this.#members.values()];
    // A module may have left something in a worker that it has run in.
    for (const member of members) repeat(member, (trainer) => member.trained.has(trainer));
    if (this.#isIdle()) repeat(members[0], () => true);
  }

  /** Whether the consumer has taken enough for one more run to begin. */
  #hasRoom(): boolean {
    let tasks = 0;
    for (const member of this.#members.values()) tasks += member.tasks.length;
    return tasks < (this.#outcomes.desiredSize ?? 0);
  }

  #send(member: Member, stage: PoolStage): void {
    const sent = this.#sendings.begin(stage);
    member.tasks.push(sent);
    // A worker begins its tasks in the order that they have here.
    member.sent = member.sent.then(async () => {
      member.worker.postMessage(await workerStage(sent, this.#runs, this.#options));
    });
  }

  /** Takes what has not begun from a worker, for one that would idle. */
  #takeBack(): PoolStage | undefined {
    for (const { tasks } of this.#members.values()) {
      const stage = tasks.at(1);
      if (!stage || !this.#sendings.takeBack(stage)) continue;
      tasks.pop();
      return stage;
    }
    return undefined;
  }

  #hire(): void {
    const { context, library, workerUrl, stateSeconds = STATE_SECONDS } = this.#options;
    const permissions = library ? { ffi: [library.path] } : "none";
    const worker = new Worker(workerUrl, { type: "module", deno: { permissions } });
    const dismissal = new AbortController();
    const member: Member = {
      ...{ number: ++this.#lastNumber, worker, dismissal, tasks: [], ready: false },
      sent: Promise.resolve(),
      trained: new Set(),
      ended: Promise.resolve(),
    };
    this.#members.set(member.number, member);
    const lifeLock = crypto.randomUUID();
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === "ready") {
        member.ready = true;
        member.ended = lifeLockReleased(lifeLock);
        member.ended.then(() => this.#bury(member, "its worker ended"));
      } else if (data.kind === "finished") this.#finish(member, data);
      else if (data.kind === "scored") {
        if (this.#leave(member, data.index)) this.#settle(data.index, { test: data.test });
      } else if (data.kind === "run_failed") this.#fail(member, data);
      else if (data.kind === "stage_ended") this.#endStage(member, data);
      else if (data.kind === "unfit") this.#reject(member, data);
      else if (data.kind === "state") this.#keepState(member, data);
      else if (data.kind === "message") this.#showMessage(member, data.text);
      else if (data.kind === "kernels") this.#options.onKernels(data.kernels);
      else if (data.kind === "problem") this.#show(member, data.text, this.#options.onProblem);
      else if (data.kind === "program") this.#start(member, data.start);
      else this.#bury(member, data.reason, data.stack);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#bury(member, event.message);
    };
    worker.postMessage(
      {
        ...{ context, library, lifeLock, stateSeconds },
        sendings: this.#sendings.last,
      } satisfies WorkerSetup,
    );
  }

  #finish(member: Member, { index, result, test, parameters }: Said<"finished">): void {
    if (!this.#leave(member, index)) return;
    member.trained.add(this.#runs[index].cell.trainer);
    this.#options.limits.add(this.#runs[index], result);
    this.#options.onRunEnd?.(this.#runs[index], result);
    const ending = this.#firsts.take({ index, result, test, parameters });
    if (ending) this.#settle(index, ending);
    else this.#shareOut();
  }

  /**
   * Takes a run that has ended from its stage, and the stage from its worker if it was the last. Returns
   * false if the worker is none of the pool's any more, or the run had ended before.
   */
  #leave(member: Member, index: number): boolean {
    if (!this.#members.has(member.number)) return false;
    const stage = member.tasks.find(({ runs }) => runs.includes(index));
    if (!stage) return false;
    stage.runs.splice(stage.runs.indexOf(index), 1);
    member.seen = undefined;
    if (stage.runs.length > 0) return true;
    member.tasks.splice(member.tasks.indexOf(stage), 1);
    this.#states.forget(stage);
    return true;
  }

  /** Removes what a stage was to begin with and cannot: it would be tried again. */
  #reject(member: Member, { lead, what, reason }: Said<"unfit">): void {
    const { sharing, rejectModel } = this.#options;
    const kept = member.tasks.find((task) => task.lead === lead)?.kept;
    if (what === "model") rejectModel?.(this.#runs[lead], reason);
    else if (kept) sharing?.reject(kept, reason);
  }

  /** Goes on with the runs of a stage that have not ended, where it has ended. */
  #endStage(member: Member, { lead, state }: Said<"stage_ended">): void {
    if (!this.#members.has(member.number)) return;
    const stage = member.tasks.find((task) => task.lead === lead);
    if (!stage || !state) return;
    member.tasks.splice(member.tasks.indexOf(stage), 1);
    this.#states.handOn(stage, this.#runs[stage.runs[0]], state);
    this.#queue.goOn(stage, state);
    this.#shareOut();
  }

  #keepState(member: Member, { index, state, isEnd }: Said<"state">): void {
    const run = this.#runs[index];
    const stage = member.tasks.find(({ lead, runs }) => lead === index || runs.includes(index));
    if (!stage) return;
    if (isEnd) this.#states.keepEnd(stage, run, state);
    else this.#states.keepLast(stage, run, state);
  }

  #fail(member: Member, { index, reason, trace }: Said<"run_failed">): void {
    if (!this.#leave(member, index)) return;
    if (trace !== "" && !this.#shownReasons.has(trace)) {
      this.#shownReasons.add(trace);
      this.#options.onProblem(`${nameOf(this.#runs[index])}: ${reason}\n${trace}`);
    }
    this.#settle(index, { failure: reason });
  }

  /** Shows what a run prints, unless it is being repeated: it would print the same again. */
  #showMessage(member: Member, text: string): void {
    const [stage] = member.tasks;
    const isRepeat = this.#firsts.held().some(({ index }) => index === stage?.lead);
    if (!isRepeat) this.#show(member, text, this.#options.onMessage);
  }

  #show(
    { number, tasks: [stage] }: Member,
    text: string,
    show: ((text: string) => void) | undefined,
  ): void {
    if (!this.#members.has(number) || !stage) return;
    show?.(`${nameOf(this.#runs[stage.lead])}: ${text}`);
  }

  /** Starts the program of the run that a worker trains. */
  async #start(member: Member, start: ProgramStart): Promise<void> {
    const { number, tasks: [{ lead }], worker, dismissal } = member;
    if (!this.#members.has(number)) return;
    const { logs } = this.#options;
    const log = logs === undefined ? undefined : logPath(logs, this.#runs[lead].key);
    member.log = log;
    const onMessage = (text: string) => this.#showMessage(member, text);
    const programs = await (this.#programs ??= localPrograms(this.#options.context));
    const end = await programs.run(start, { onMessage }, { signal: dismissal.signal, log });
    member.log = undefined;
    if (!this.#members.has(number)) return;
    worker.postMessage({ kind: "program", end } satisfies EndedProgram);
  }

  /** Ends a worker; what it had not begun waits. Gives what it had. */
  #dismiss(member: Member): PoolStage | undefined {
    this.#members.delete(member.number);
    terminate(member, this.#hasModules);
    member.dismissal.abort();
    const [begun, ...others] = member.tasks;
    for (const stage of others.reverse()) this.#queue.putBack(stage);
    return begun;
  }

  /** Buries a worker that died: its run is tried again or has failed. */
  #bury(member: Member, reason: string, stack?: string): void {
    if (!this.#members.has(member.number)) return;
    const begun = this.#dismiss(member);
    if (!member.ready) {
      this.close().then(() => this.#outcomes.error(new Error(`A worker cannot start: ${reason}`)));
      return;
    }
    if (!begun) this.#shareOut();
    else if (this.#queue.isRetried(begun.lead)) this.#settle(begun.lead, { failure: reason });
    else {
      this.#queue.retry(begun);
      this.#reportRetry(this.#runs[begun.lead], reason, stack);
      this.#shareOut();
    }
  }

  #reportRetry(run: PlannedRun, reason: string, stack?: string): void {
    // One stack trace for all runs that fail in the same way.
    const trace = stack && !this.#shownReasons.has(reason) ? `\n${stack}` : "";
    this.#shownReasons.add(reason);
    this.#options.onProblem(`${nameOf(run)}: ${reason}; trying once more${trace}`);
  }

  #settle(index: number, outcome: Ending): void {
    this.#queue.end();
    if ("failure" in outcome) this.#options.onRunEnd?.(this.#runs[index]);
    this.#firsts.settle(index);
    this.#outcomes.enqueue({ run: this.#runs[index], ...outcome });
    this.#shareOut();
  }
}

async function localPrograms({ own = [] }: TrainerContext): Promise<LocalPrograms> {
  const { LocalPrograms } = await import("../../trainers/command/local_programs.ts");
  return new LocalPrograms(own);
}
