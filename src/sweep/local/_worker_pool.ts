import { AwakeClock } from "../../awake_clock.ts";
import { runName } from "../../experiment/replicates.ts";
import { lookAt } from "../../files/facts.ts";
import { formatDuration } from "../../format_number.ts";
import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { LocalPrograms } from "../../trainers/command/local_programs.ts";
import type { ProgramStart } from "../../trainers/command/program_runner.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import type { TrainerContext, TrainerName } from "../../trainers/trainer.ts";
import type { LaunchedRun, LaunchOptions } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { logPath } from "../run_logs.ts";
import { type Ending, FirstRuns } from "./_first_runs.ts";
import { lifeLockReleased } from "./life_lock.ts";
import type { RunLimits } from "./run_limits.ts";
import type {
  EndedProgram,
  EndRequest,
  WorkerMessage,
  WorkerSetup,
  WorkerTask,
} from "./worker_messages.ts";

/** One run in training and one waiting: a worker never idles while the main thread is busy. */
const TASKS_PER_WORKER = 2;
/** How long a worker may take to end the threads that it has started. */
const ENDING_MILLISECONDS = 1_000;
/** Outcomes that may wait for the consumer while every worker has its tasks. */
const WAITING_OUTCOMES = 8;
/** Between checks for workers that hang, and for runs that others may have left. */
const WATCH_MILLISECONDS = 200;
/** Looks that find nothing to do but to wait for others, before the user gets a message. */
const PATIENT_LOOKS = 50;
const WAITS_FOR_OTHERS = "Waiting for another process, which is training what is left to train";

export interface PoolOptions extends LaunchOptions {
  readonly workers: number;
  readonly context: TrainerContext;
  readonly library?: ChosenLibrary;
  /** Called with the kernels that a worker uses, before it trains. */
  readonly onKernels: (kernels: SettledKernels) => void;
  readonly workerUrl: URL;
  readonly limits: RunLimits;
  /** The folder for the logs of programs' runs; none are kept if not given. */
  readonly logs?: string;
}

interface Member {
  readonly number: number;
  readonly worker: Worker;
  /** Ends the program that runs for it. */
  readonly dismissal: AbortController;
  /** The log of the program that runs for it, if one is kept. */
  log?: string;
  /** Indices of the runs that were sent to it, in that order; the first may have begun. */
  readonly tasks: number[];
  ready: boolean;
  /** The trainers of the runs that it has finished. */
  readonly trained: Set<TrainerName>;
  /** Resolves when it has ended; it does so at once before it is ready. */
  ended: Promise<void>;
  /** The run that it was first seen to train, and when, by the pool's clock. */
  seen?: { readonly index: number; readonly milliseconds: number };
}

type FinishedTask = Extract<WorkerMessage, { kind: "finished" }>;
type FailedTask = Extract<WorkerMessage, { kind: "run_failed" }>;

/** Workers and the runs that they share; runs are identified by their index. */
export class WorkerPool {
  readonly #runs: readonly PlannedRun[];
  readonly #outcomes: ReadableStreamDefaultController<LaunchedRun>;
  readonly #options: PoolOptions;
  readonly #owners: Int32Array<SharedArrayBuffer>;
  readonly #members = new Map<number, Member>();
  /** Runs that no worker has, the next one last. */
  readonly #waiting: number[];
  /** Runs that have to wait, because other processes are training them. */
  readonly #postponed: number[] = [];
  readonly #clock = new AwakeClock();
  readonly #watch: ReturnType<typeof setInterval>;
  /** Starts programs; loaded when the first run needs it. */
  #programs: Promise<LocalPrograms> | undefined;
  /** Trained once more when no worker has anything else to do. */
  readonly #firsts: FirstRuns;
  /** Runs during which a worker died once. */
  readonly #triedOnce = new Set<number>();
  readonly #shownReasons = new Set<string>();
  #unfinished: number;
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
    this.#owners = new Int32Array(new SharedArrayBuffer(4 * runs.length));
    this.#waiting = Array.from(runs.keys()).reverse();
    this.#unfinished = runs.length;
    this.#firsts = new FirstRuns(runs, options.context);
    this.#watch = setInterval(() => this.#lookAfter(), WATCH_MILLISECONDS);
    options.signal.addEventListener("abort", this.#end);
    if (options.signal.aborted) this.#end();
    else this.#shareOut();
  }

  /**
   * The largest number of runs that are admitted and whose outcome is not taken: each of them may
   * have an open file. The stream of outcomes has room for so many.
   */
  static mostAdmitted({ workers }: Pick<PoolOptions, "workers">): number {
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
    const ending = Array.from(this.#members.values(), (member) => this.#terminate(member));
    this.#members.clear();
    await Promise.all(ending);
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
    this.#idleLooks = this.#postponed.length === this.#unfinished ? this.#idleLooks + 1 : 0;
    if (this.#idleLooks === PATIENT_LOOKS) this.#options.onProblem(WAITS_FOR_OTHERS);
    this.#waiting.push(...this.#postponed.splice(0).reverse());
    this.#shareOut();
  }

  #checkTime(member: Member): void {
    const [index] = member.tasks;
    if (index === undefined || Atomics.load(this.#owners, index) !== -member.number) return;
    const now = this.#clock.milliseconds;
    if (member.seen?.index !== index) member.seen = { index, milliseconds: now };
    const limit = this.#options.limits.secondsFor(this.#runs[index]);
    if (now - member.seen.milliseconds <= 1000 * limit) return;
    this.#dismiss(member);
    const failure = `no result after ${formatDuration(limit)}: stopped; --run-timeout allows more`;
    const { log } = member;
    const isLogged = log !== undefined && (lookAt(log)?.size ?? 0) > 0;
    this.#settle(index, { failure: isLogged ? `${failure} (log: ${log})` : failure });
  }

  #shareOut(): void {
    if (this.#closed) return;
    while (this.#members.size < Math.min(this.#options.workers, this.#unfinished)) this.#hire();
    for (let wanted = 1; wanted <= TASKS_PER_WORKER; wanted++) {
      for (const member of this.#members.values()) {
        if (member.tasks.length >= wanted) continue;
        const next = this.#hasRoom() ? this.#nextRun() : undefined;
        const index = next ?? (wanted === 1 ? this.#takeBack(member) : undefined);
        if (index !== undefined) this.#send(member, index);
      }
    }
    if (this.#unfinished === 0) this.#end();
    else if (this.#isIdle()) this.#repeatFirsts();
  }

  /** Whether nothing is left to train, unless other processes leave something. */
  #isIdle(): boolean {
    if (this.#waiting.length > 0) return false;
    return Array.from(this.#members.values()).every(({ tasks }) => tasks.length === 0);
  }

  /** Trains the first runs of modules again. It waits for no other process, since one may wait for them. */
  #repeatFirsts(): void {
    const repeat = (member: Member, isWanted: (trainer: TrainerName) => boolean) => {
      const index = this.#firsts.takeDue(isWanted);
      if (index !== undefined) this.#send(member, index);
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

  #nextRun(): number | undefined {
    const { admit = () => "now" } = this.#options;
    for (let index = this.#waiting.pop(); index !== undefined; index = this.#waiting.pop()) {
      const admission = admit(this.#runs[index]);
      if (admission === "now") return index;
      if (admission === "later") this.#postponed.push(index);
      else this.#unfinished--;
    }
    return undefined;
  }

  #send(member: Member, index: number): void {
    Atomics.store(this.#owners, index, member.number);
    member.tasks.push(index);
    const run = this.#runs[index];
    const task = { ...run.task, limitSeconds: this.#options.limits.secondsFor(run) };
    member.worker.postMessage({ kind: "task", index, task } satisfies WorkerTask);
  }

  /** Takes a run that has not begun from another worker, for one that would idle. */
  #takeBack(idle: Member): number | undefined {
    for (const { number, tasks } of this.#members.values()) {
      const index = tasks[1];
      if (index === undefined) continue;
      if (Atomics.compareExchange(this.#owners, index, number, idle.number) !== number) continue;
      tasks.pop();
      return index;
    }
    return undefined;
  }

  #hire(): void {
    const { context, library, workerUrl } = this.#options;
    const permissions = library ? { ffi: [library.path] } : "none";
    const worker = new Worker(workerUrl, { type: "module", deno: { permissions } });
    const dismissal = new AbortController();
    const member: Member = {
      ...{ number: ++this.#lastNumber, worker, dismissal, tasks: [], ready: false },
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
      else if (data.kind === "run_failed") this.#fail(member, data);
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
        context,
        library,
        worker: member.number,
        owners: this.#owners,
        lifeLock,
      } satisfies WorkerSetup,
    );
  }

  #finish(member: Member, { index, result, test }: FinishedTask): void {
    if (!this.#members.has(member.number)) return;
    member.tasks.splice(member.tasks.indexOf(index), 1);
    member.trained.add(this.#runs[index].cell.trainer);
    this.#options.limits.add(this.#runs[index], result);
    const ending = this.#firsts.take({ index, result, test });
    if (ending) this.#settle(index, ending);
    else this.#shareOut();
  }

  #fail(member: Member, { index, reason, trace }: FailedTask): void {
    if (!this.#members.has(member.number)) return;
    member.tasks.splice(member.tasks.indexOf(index), 1);
    if (trace !== "" && !this.#shownReasons.has(trace)) {
      this.#shownReasons.add(trace);
      this.#options.onProblem(`${nameOf(this.#runs[index])}: ${reason}\n${trace}`);
    }
    this.#settle(index, { failure: reason });
  }

  /** Shows what a run prints, unless it is being repeated: it would print the same again. */
  #showMessage(member: Member, text: string): void {
    const [run] = member.tasks;
    const isRepeat = this.#firsts.held().some(({ index }) => index === run);
    if (!isRepeat) this.#show(member, text, this.#options.onMessage);
  }

  #show(
    { number, tasks: [index] }: Member,
    text: string,
    show: ((text: string) => void) | undefined,
  ): void {
    if (!this.#members.has(number) || index === undefined) return;
    show?.(`${nameOf(this.#runs[index])}: ${text}`);
  }

  /** Starts the program of the run that a worker trains. */
  async #start(member: Member, start: ProgramStart): Promise<void> {
    const { number, tasks: [index], worker, dismissal } = member;
    if (!this.#members.has(number)) return;
    const { logs } = this.#options;
    const log = logs === undefined ? undefined : logPath(logs, this.#runs[index].key);
    member.log = log;
    const onMessage = (text: string) => this.#showMessage(member, text);
    const programs = await (this.#programs ??= localPrograms(this.#options.context));
    const end = await programs.run(start, { onMessage }, { signal: dismissal.signal, log });
    member.log = undefined;
    if (!this.#members.has(number)) return;
    worker.postMessage({ kind: "program", end } satisfies EndedProgram);
  }

  /** Ends a worker; what it had not begun waits. Gives what it had. */
  #dismiss(member: Member): number | undefined {
    this.#members.delete(member.number);
    this.#terminate(member);
    member.dismissal.abort();
    const [begun, ...others] = member.tasks;
    this.#waiting.push(...others.reverse());
    return begun;
  }

  /** Ends a worker, and before it the threads of modules: they would outlive it. */
  async #terminate({ worker, ended }: Member): Promise<void> {
    if (this.#options.context.own?.some(({ kind }) => kind === "module")) {
      worker.postMessage({ kind: "end" } satisfies EndRequest);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ENDING_MILLISECONDS);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
    }
    worker.terminate();
  }

  /** Buries a worker that died: its run is tried again or has failed. */
  #bury(member: Member, reason: string, stack?: string): void {
    if (!this.#members.has(member.number)) return;
    const begun = this.#dismiss(member);
    if (!member.ready) {
      this.close().then(() => this.#outcomes.error(new Error(`A worker cannot start: ${reason}`)));
      return;
    }
    if (begun === undefined) this.#shareOut();
    else if (this.#triedOnce.has(begun)) this.#settle(begun, { failure: reason });
    else {
      this.#triedOnce.add(begun);
      this.#waiting.push(begun);
      this.#reportRetry(this.#runs[begun], reason, stack);
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
    this.#unfinished--;
    this.#firsts.settle(index);
    this.#outcomes.enqueue({ run: this.#runs[index], ...outcome });
    this.#shareOut();
  }
}

async function localPrograms({ own = [] }: TrainerContext): Promise<LocalPrograms> {
  const { LocalPrograms } = await import("../../trainers/command/local_programs.ts");
  return new LocalPrograms(own);
}

/** A run as messages name it. */
function nameOf({ cell, task }: PlannedRun): string {
  return runName(cell.name, task);
}
