import { callText } from "../../called_as.ts";
import { basename } from "node:path";
import { AwakeClock } from "../../awake_clock.ts";
import { countOf } from "../../format_number.ts";
import type { ManifestTask } from "../../results/manifest.ts";
import type { Store } from "../../store/store.ts";
import { UserError } from "../../user_error.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { TaskCounts } from "../sweep_events.ts";
import { endOf } from "./chunk_end.ts";
import { besideSharers } from "../stages/sharers.ts";
import { chunkByCount, chunkCount, chunkRuns } from "./chunk_runs.ts";
import { sleep } from "./pace.ts";
import { type Divide, Placement, type PlacementOptions } from "./placement.ts";
import { SlurmError } from "./slurm_commands.ts";
import type { Submission } from "./submission.ts";
import type { TaskList } from "./task_list.ts";
import { isLive, isPending, obstacleOf } from "./task_state.ts";
import { type PlacedChunk, WaitingRuns } from "./waiting_runs.ts";

export interface SlurmLauncherOptions extends Omit<PlacementOptions, "clock"> {
  /** Where tasks put their records, and where these are looked for. */
  readonly store: Store;
  /** Seconds that one processor takes per floating-point operation of a run like this. */
  readonly measureRate: (run: PlannedRun) => Promise<number>;
  /** True: submits and does not wait. */
  readonly detach: boolean;
  /** Called when the counts of the tasks that runs wait for are known anew. */
  readonly onTasks?: (counts: TaskCounts) => void;
}

/** Runs are submitted once, and twice more where their tasks end without a result. */
const ATTEMPTS = 3;

/**
 * Trains runs on a Slurm cluster whose nodes share this machine's file system.
 *
 * The store decides: a run is done when its record is there. Slurm's answers only decide how long to
 * wait for it. A query that fails changes nothing. A run is lost when two answers in a row, and a
 * while, show no live task that covers it.
 */
export class SlurmLauncher implements Launcher {
  readonly #options: SlurmLauncherOptions;
  readonly #clock = new AwakeClock();
  readonly #placement: Placement;
  /** All submissions that some run has waited for. */
  readonly #used = new Set<Submission>();
  readonly #shown = new Set<string>();
  #waiting = new WaitingRuns([]);
  #onProblem: LaunchOptions["onProblem"] = () => {};

  constructor(options: SlurmLauncherOptions) {
    this.#options = options;
    this.#placement = new Placement({ ...options, clock: this.#clock });
  }

  /** Reports of the tasks that runs have waited for, for the sweep's manifest. */
  async reports(): Promise<ManifestTask[]> {
    const submissions = [...this.#used].map(async (submission) =>
      (await submission.readReports()).map(({ task, node, restarts, log, end }) => {
        const path = `slurm/${basename(submission.folder)}/${log}`;
        const { trained = null, native } = end ?? {};
        return { task, node, restarts, log: path, trained, ...native && { native } };
      })
    );
    return (await Promise.all(submissions)).flat();
  }

  /** Launches runs; a launcher for a cluster does so once. */
  async *launch(
    runs: readonly PlannedRun[],
    { signal, onProblem }: LaunchOptions,
  ): AsyncGenerator<LaunchedRun> {
    using _ = this.#clock;
    if (runs.length === 0 || signal.aborted) return;
    this.#waiting = new WaitingRuns(runs);
    this.#onProblem = onProblem;
    this.#options.onTasks?.({ queued: 0, running: 0 });
    let end: "detached" | "finished" | "stopped" = "stopped";
    try {
      await this.#place(1, (left) => this.#divide(left));
      if (this.#options.detach) {
        const onDelay = (reason: string) => this.#reportDelay(reason);
        if (await this.#placement.submitAll(signal, onDelay)) end = "detached";
      } else {
        yield* this.#wait(signal);
        if (this.#waiting.size === 0) end = "finished";
      }
    } finally {
      if (end === "detached") this.#placement.release();
      else if (end === "finished") await this.#placement.finish();
      else await this.#stop();
    }
    // Runs that finished while jobs were being cancelled.
    if (end === "stopped") yield* this.#collect();
  }

  async *#wait(signal: AbortSignal): AsyncGenerator<LaunchedRun> {
    const { store, fastestQueue, slowestQueue } = this.#options.pace;
    let interval = fastestQueue;
    let lastAnswer = -Infinity;
    while (!signal.aborted) {
      const started = this.#clock.milliseconds;
      yield* this.#collect();
      if (this.#waiting.size === 0) return;
      const listing = this.#clock.milliseconds - started;
      if (started - lastAnswer >= interval) {
        const isQuiet = await this.#ask();
        yield* this.#settleEnded();
        interval = isQuiet ? Math.min(1.3 * interval, slowestQueue) : fastestQueue;
        lastAnswer = this.#clock.milliseconds;
      }
      // A listing that takes long is not worth being repeated at once.
      await sleep(Math.max(store, 10 * listing), signal);
    }
  }

  /** Yields runs whose records have come. */
  async *#collect(): AsyncGenerator<LaunchedRun> {
    const { store } = this.#options;
    for await (const keys of store.listKeys(this.#waiting)) {
      for (const record of await store.getMany(keys)) {
        // One that was there before may lack a measure.
        if (!record || !this.#waiting.isMet(record)) continue;
        const run = this.#waiting.settle(record.key);
        if (run) yield { run, result: record.result, isStored: true };
      }
    }
  }

  /** Asks Slurm for the tasks that runs wait for; false if something is amiss. */
  async #ask(): Promise<boolean> {
    const chunks = this.#waiting.chunks();
    const submissions = [...new Set([...chunks].map(({ submission }) => submission))];
    for (const submission of submissions) {
      const closure = await submission.closure();
      if (closure === "cancelled") throw new UserError(`Cancelled by ${callText(["cancel"])}`, 1);
      // Its process has stopped and taken its jobs away: no need to wait for them any longer.
      if (closure === "stopped") this.#forget(submission, chunks);
    }
    try {
      const tasks = await this.#placement.ask(submissions);
      this.#reportDelay(await this.#placement.submit());
      this.#hear(tasks, chunks);
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      this.#reportOnce(`Slurm does not answer; asking again: ${error.message}`);
      return false;
    }
    return [...chunks].every(({ misses }) => misses === 0);
  }

  #forget(submission: Submission, chunks: Iterable<PlacedChunk>): void {
    for (const chunk of chunks) if (chunk.submission === submission) chunk.heard = -Infinity;
  }

  /** Takes in Slurm's answer about the chunks' tasks. */
  #hear(tasks: TaskList, chunks: Iterable<PlacedChunk>): void {
    const counts = { queued: 0, running: 0 };
    const obstacles = new Map<string, number>();
    for (const chunk of chunks) {
      const task = tasks.taskOf(chunk.submission, chunk.number);
      const isToCome = this.#placement.isToCome(chunk.submission, chunk.number);
      chunk.task = task ?? chunk.task;
      if (!isToCome && !(task && isLive(task))) {
        chunk.misses++;
        continue;
      }
      chunk.heard = this.#clock.milliseconds;
      chunk.misses = 0;
      if (!task || isPending(task)) counts.queued++;
      else counts.running++;
      const obstacle = task && obstacleOf(task);
      if (obstacle) obstacles.set(obstacle, (obstacles.get(obstacle) ?? 0) + 1);
    }
    this.#options.onTasks?.(counts);
    for (const [obstacle, count] of obstacles) {
      const what = `Slurm does not start ${countOf(count, "task")}: ${obstacle}`;
      this.#reportOnce(`${what}; Ctrl-C cancels`, obstacle);
    }
  }

  /** Yields runs that have failed, and submits again those whose tasks were lost. */
  async *#settleEnded(): AsyncGenerator<LaunchedRun> {
    const lost: PlacedChunk[] = [];
    for (const chunk of this.#waiting.chunks()) {
      if (chunk.misses === 0) continue;
      const report = await chunk.submission.readReport(chunk.number);
      for (const { run: key, reason } of report?.end?.failures ?? []) {
        const run = this.#waiting.settle(key);
        if (run) yield { run, failure: reason };
      }
      if (chunk.misses >= 2 && this.#clock.milliseconds - chunk.heard > this.#options.pace.grace) {
        lost.push(chunk);
      }
    }
    if (lost.length === 0) return;
    // The store has the last word.
    yield* this.#collect();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const chunks = lost.filter((chunk) => chunk.attempt === attempt);
      if (attempt < ATTEMPTS) await this.#submitAgain(chunks);
      else yield* this.#fail(chunks);
    }
  }

  async *#fail(chunks: readonly PlacedChunk[]): AsyncGenerator<LaunchedRun> {
    for (const chunk of chunks) {
      const failure = `no result after ${ATTEMPTS} tasks; the last: ${await endOf(chunk)}`;
      for (const run of this.#waiting.of(chunk)) {
        this.#waiting.settle(run.key);
        yield { run, failure };
      }
    }
  }

  /** Submits missing runs again in smaller chunks, so that a bad run spoils fewer others. */
  async #submitAgain(chunks: readonly PlacedChunk[]): Promise<void> {
    let largest = 0;
    for (const chunk of chunks) {
      const { length } = this.#waiting.of(chunk);
      if (length === 0) continue;
      this.#onProblem(`Lost ${countOf(length, "run")}: ${await endOf(chunk)}; submitting again`);
      largest = Math.max(largest, chunk.size);
      this.#waiting.giveUp(chunk);
    }
    if (largest === 0) return;
    const size = Math.ceil(largest / 2);
    await this.#place(chunks[0].attempt + 1, (left) => chunkByCount(left, size));
  }

  async #place(attempt: number, divide: Divide): Promise<void> {
    await this.#placement.place(this.#waiting, attempt, divide);
    const chunks = this.#waiting.chunks();
    for (const { submission } of chunks) this.#used.add(submission);
    this.#options.onTasks?.({ queued: chunks.size, running: 0 });
    this.#reportDelay(await this.#placement.submit());
  }

  async #divide(runs: readonly PlannedRun[]): Promise<PlannedRun[][]> {
    const { slurm, measureRate } = this.#options;
    // What shares steps goes into the same chunk, as far as its size allows.
    const sorted = besideSharers(runs);
    if (slurm.chunk !== "auto") return chunkByCount(sorted, slurm.chunk);
    const flops = runs.reduce((sum, run) => sum + run.flops, 0);
    return chunkRuns(sorted, chunkCount(flops * await measureRate(runs[0]), slurm));
  }

  async #stop(): Promise<void> {
    try {
      await this.#placement.stop();
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      this.#onProblem(error.message);
    }
  }

  #reportDelay(reason: string | undefined): void {
    if (reason) this.#reportOnce(`Slurm does not accept all tasks yet: ${reason}`);
  }

  #reportOnce(message: string, topic = message): void {
    if (this.#shown.has(topic)) return;
    this.#shown.add(topic);
    this.#onProblem(message);
  }
}
