import type { RunResult } from "../train/run_result.ts";
import type { LaunchedRun, LaunchOptions } from "./launcher.ts";
import type { LocalLauncherOptions } from "./local_launcher.ts";
import { lifeLockReleased } from "./life_lock.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { WorkerMessage, WorkerSetup, WorkerTask } from "./worker_messages.ts";

/** One run in training and one waiting: a worker never idles while the main thread is busy. */
const TASKS_PER_WORKER = 2;

interface Member {
  readonly number: number;
  readonly worker: Worker;
  /** Indices of the runs that were sent to it, in that order; the first may have begun. */
  readonly tasks: number[];
  ready: boolean;
}

/** Workers and the runs that they share out among them; runs are told by their index. */
export class WorkerPool {
  readonly #runs: readonly PlannedRun[];
  readonly #outcomes: ReadableStreamDefaultController<LaunchedRun>;
  readonly #options: Required<LocalLauncherOptions> & LaunchOptions;
  readonly #owners: Int32Array<SharedArrayBuffer>;
  readonly #members = new Map<number, Member>();
  /** Runs that no worker has, the next one last. */
  readonly #waiting: number[];
  /** Runs that a worker died of once. */
  readonly #triedOnce = new Set<number>();
  readonly #toldReasons = new Set<string>();
  #unfinished: number;
  #lastNumber = 0;
  #closed = false;

  constructor(
    runs: readonly PlannedRun[],
    outcomes: ReadableStreamDefaultController<LaunchedRun>,
    options: Required<LocalLauncherOptions> & LaunchOptions,
  ) {
    this.#runs = runs;
    this.#outcomes = outcomes;
    this.#options = options;
    this.#owners = new Int32Array(new SharedArrayBuffer(4 * runs.length));
    this.#waiting = Array.from(runs.keys()).reverse();
    this.#unfinished = runs.length;
    options.signal.addEventListener("abort", this.#end);
    if (options.signal.aborted || runs.length === 0) this.#end();
    else this.#shareOut();
  }

  /** Stops all workers at once. */
  close(): void {
    this.#closed = true;
    this.#options.signal.removeEventListener("abort", this.#end);
    for (const { worker } of this.#members.values()) worker.terminate();
    this.#members.clear();
  }

  readonly #end = () => {
    if (this.#closed) return;
    this.close();
    this.#outcomes.close();
  };

  #shareOut(): void {
    while (this.#members.size < Math.min(this.#options.workers, this.#unfinished)) this.#hire();
    for (let wanted = 1; wanted <= TASKS_PER_WORKER; wanted++) {
      for (const member of this.#members.values()) {
        if (member.tasks.length >= wanted) continue;
        const index = this.#waiting.pop() ?? (wanted === 1 ? this.#takeBack(member) : undefined);
        if (index !== undefined) this.#send(member, index);
      }
    }
  }

  #send(member: Member, index: number): void {
    Atomics.store(this.#owners, index, member.number);
    member.tasks.push(index);
    member.worker.postMessage({ index, task: this.#runs[index].task } satisfies WorkerTask);
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
    const { context, workerUrl } = this.#options;
    const worker = new Worker(workerUrl, { type: "module", deno: { permissions: "none" } });
    const member: Member = { number: ++this.#lastNumber, worker, tasks: [], ready: false };
    this.#members.set(member.number, member);
    const lifeLock = crypto.randomUUID();
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === "ready") {
        member.ready = true;
        lifeLockReleased(lifeLock).then(() => this.#bury(member, "its worker ended"));
      } else if (data.kind === "finished") this.#finish(member, data.index, data.result);
      else this.#bury(member, data.reason, data.stack);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#bury(member, event.message);
    };
    worker.postMessage(
      {
        context,
        worker: member.number,
        owners: this.#owners,
        lifeLock,
      } satisfies WorkerSetup,
    );
  }

  #finish(member: Member, index: number, result: RunResult): void {
    if (!this.#members.has(member.number)) return;
    member.tasks.splice(member.tasks.indexOf(index), 1);
    this.#settle(index, { result });
  }

  /** Gives up a worker: its run is tried again or has failed, and what it had not begun waits. */
  #bury(member: Member, reason: string, stack?: string): void {
    if (!this.#members.delete(member.number)) return;
    member.worker.terminate();
    if (!member.ready) {
      this.close();
      this.#outcomes.error(new Error(`A worker cannot start: ${reason}`));
      return;
    }
    const [begun, ...others] = member.tasks;
    this.#waiting.push(...others.reverse());
    if (begun === undefined) this.#shareOut();
    else if (this.#triedOnce.has(begun)) this.#settle(begun, { failure: reason });
    else {
      this.#triedOnce.add(begun);
      this.#waiting.push(begun);
      this.#tellOfRetry(this.#runs[begun], reason, stack);
      this.#shareOut();
    }
  }

  #tellOfRetry({ cell, task }: PlannedRun, reason: string, stack?: string): void {
    // One stack trace for all runs that fail in the same way.
    const trace = stack && !this.#toldReasons.has(reason) ? `\n${stack}` : "";
    this.#toldReasons.add(reason);
    this.#options.onProblem(`${cell.name}, seed ${task.seed}: ${reason}; trying once more${trace}`);
  }

  #settle(index: number, outcome: { result: RunResult } | { failure: string }): void {
    this.#unfinished--;
    // Before anything else, so that no worker waits for what is done with the outcome.
    this.#shareOut();
    this.#outcomes.enqueue({ run: this.#runs[index], ...outcome });
    if (this.#unfinished === 0) this.#end();
  }
}
