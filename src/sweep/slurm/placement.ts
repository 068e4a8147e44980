import type { AwakeClock } from "../../awake_clock.ts";
import { countOf } from "../../format_number.ts";
import { UserError } from "../../user_error.ts";
import type { PlannedRun } from "../planned_run.ts";
import { ArrayQueue } from "./array_queue.ts";
import { cancelJobs, endTasks } from "./cancel_jobs.ts";
import { Ownership } from "./ownership.ts";
import { type Pace, sleep } from "./pace.ts";
import { maximumArraySize, SlurmError } from "./slurm_commands.ts";
import type { SlurmOptions } from "./slurm_options.ts";
import { type Closure, Submission } from "./submission.ts";
import type { SubmissionManifest } from "./submission_files.ts";
import { TaskList } from "./task_list.ts";
import { isLive } from "./task_state.ts";
import type { WaitingRuns } from "./waiting_runs.ts";

export interface PlacementOptions {
  /** The folder of the experiment's submissions. */
  readonly folder: string;
  readonly manifest: Omit<SubmissionManifest, "chunks" | "runs">;
  /** The script of a submission's tasks, given its folder. */
  readonly script: (folder: string) => string;
  readonly slurm: SlurmOptions;
  /** Number of this process's user; null where the system has none. */
  readonly user: number | null;
  readonly pace: Pace;
  readonly clock: AwakeClock;
  /** Called with what a user may want to know, in words. */
  readonly onMessage: (message: string) => void;
}

/** Makes chunks of runs. */
export type Divide = (runs: readonly PlannedRun[]) => PlannedRun[][] | Promise<PlannedRun[][]>;

/** Queries without an answer after which a command that has done nothing yet gives up. */
const FIRST_TRIES = 3;

/** Finds a task for each run: one that is queued or running already, or else a new one. */
export class Placement {
  readonly #options: PlacementOptions;
  readonly #arrays: ArrayQueue;
  readonly #ownership: Ownership;
  /** Folders of the submissions that this process has made or looked through. */
  readonly #known = new Set<string>();

  constructor(options: PlacementOptions) {
    this.#options = options;
    this.#arrays = new ArrayQueue(options.slurm);
    this.#ownership = new Ownership(options.user, options.pace.silence, options.clock);
  }

  /**
   * Places all runs that wait for no chunk; new tasks are to be submitted then.
   *
   * @param attempt How often they are submitted, this time included.
   * @throws {UserError} If Slurm cannot be reached; the exit code is 1.
   */
  async place(waiting: WaitingRuns, attempt: number, divide: Divide): Promise<void> {
    await this.#placeOnOthers(waiting, attempt);
    const left = waiting.unplaced();
    if (left.length === 0) return;
    const largest = await this.#insist(maximumArraySize);
    const { folder, manifest, script, onMessage } = this.#options;
    const chunks = await divide(left);
    const submission = await Submission.create(folder, {
      manifest: { ...manifest, chunks: chunks.length, runs: left.length },
      chunks,
      script,
    });
    this.#known.add(submission.folder);
    if (await this.#isOvertaken(submission)) {
      await submission.close("stopped");
      return await this.place(waiting, attempt, divide);
    }
    await this.#ownership.take(submission);
    const heard = this.#options.clock.milliseconds;
    chunks.forEach((runs, number) => {
      const keys = runs.map(({ key }) => key);
      const size = runs.length;
      waiting.place({ submission, number, size, attempt, heard, misses: 0 }, keys);
    });
    this.#arrays.add(submission, largest);
    onMessage(`Submitting ${countOf(chunks.length, "task")} for ${countOf(left.length, "run")}`);
  }

  /** Whether a chunk's task is still to be submitted. */
  isToCome(submission: Submission, chunk: number): boolean {
    return this.#arrays.has(submission, chunk);
  }

  /**
   * Submits what is still to be submitted.
   *
   * @returns Why Slurm does not take all of it, if that may pass.
   * @throws {UserError} If Slurm has taken nothing and never will; the exit code is 1.
   */
  async submit(): Promise<string | undefined> {
    try {
      await this.#arrays.submit();
      return undefined;
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      // A limit on what one user may submit passes when what is there ends.
      if (error.isUnreached || this.#arrays.taken > 0) return error.message;
      throw new UserError(`Slurm refuses the job: ${error.message}`, 1);
    }
  }

  /** Goes on until all is submitted; false if the signal aborts before. */
  async submitAll(signal: AbortSignal, onObstacle: (reason: string) => void): Promise<boolean> {
    for (;;) {
      const obstacle = await this.submit();
      if (obstacle === undefined) return true;
      onObstacle(obstacle);
      await sleep(this.#options.pace.fastestQueue, signal);
      if (signal.aborted) return false;
      await this.ask(this.#ownership.submissions).catch(ignoreSlurm);
    }
  }

  /**
   * Asks Slurm for the tasks of submissions, and says to others that this process is there.
   *
   * @throws {SlurmError} If Slurm does not answer.
   */
  async ask(submissions: readonly Submission[]): Promise<TaskList> {
    await this.#ownership.review(submissions);
    const tasks = await TaskList.of(submissions);
    this.#arrays.recognize(tasks);
    return tasks;
  }

  /** Leaves all jobs to whoever comes next. */
  release(): void {
    this.#ownership.release();
  }

  /** Ends the tasks that have nothing left to do. */
  async finish(): Promise<void> {
    try {
      await endTasks(this.#ownership.submissions);
    } catch (error) {
      // They will find that all is done.
      ignoreSlurm(error);
    }
    await this.#close("finished");
  }

  /**
   * Cancels all jobs.
   *
   * @throws {SlurmError} If Slurm does not confirm that they are gone.
   */
  async stop(): Promise<void> {
    try {
      await cancelJobs(this.#ownership.submissions);
    } finally {
      await this.#close("stopped");
    }
  }

  async #close(closure: Closure): Promise<void> {
    for (const submission of this.#ownership.submissions) await submission.close(closure);
  }

  async #placeOnOthers(waiting: WaitingRuns, attempt: number): Promise<void> {
    const submissions = await Submission.list(this.#options.folder);
    const tasks = await this.#insist(() => TaskList.of(submissions));
    const counts = { tasks: 0, runs: waiting.unplaced().length };
    for (const submission of submissions) {
      const age = Math.max(0, Date.now() - submission.created);
      const isYoung = age < this.#options.pace.grace;
      for (let number = 0; number < submission.manifest.chunks; number++) {
        const task = tasks.taskOf(submission, number);
        if (task ? !isLive(task) : !isYoung || this.#known.has(submission.folder)) continue;
        const keys = await submission.readKeys(number);
        if (!keys.some((key) => waiting.has(key))) continue;
        const heard = this.#options.clock.milliseconds - (task ? 0 : age);
        const size = keys.length;
        waiting.place({ submission, number, size, attempt, heard, misses: 0, task }, keys);
        counts.tasks++;
      }
      this.#known.add(submission.folder);
    }
    if (counts.tasks === 0) return;
    const runs = countOf(counts.runs - waiting.unplaced().length, "run");
    this.#options.onMessage(
      `Waiting for ${runs} in ${countOf(counts.tasks, "task")} that were submitted earlier`,
    );
  }

  /**
   * Whether another process has written a submission at the same time, and somewhat earlier: of two
   * that do not know of each other, one sees the other here.
   */
  async #isOvertaken(own: Submission): Promise<boolean> {
    const submissions = await Submission.list(this.#options.folder);
    return submissions.some(({ folder, created }) =>
      !this.#known.has(folder) &&
      (created < own.created || (created === own.created && folder < own.folder))
    );
  }

  /** Asks Slurm a question whose answer is needed before anything can be done. */
  async #insist<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof SlurmError)) throw error;
        if (tries === FIRST_TRIES) throw new UserError(`Cannot reach Slurm: ${error.message}`, 1);
        await sleep(this.#options.pace.fastestQueue);
      }
    }
  }
}

function ignoreSlurm(error: unknown): void {
  if (!(error instanceof SlurmError)) throw error;
}
