import { AwakeClock } from "../../awake_clock.ts";
import { UserError } from "../../user_error.ts";
import { sleep } from "./pace.ts";
import { type QueuedTask, scancel, SlurmError } from "./slurm_commands.ts";
import { Submission } from "./submission.ts";
import { TaskList } from "./task_list.ts";
import { isPending, isQueued } from "./task_state.ts";

/** Slurm kills a task half a minute after SIGTERM, unless it is set up otherwise. */
const LIMIT_MILLISECONDS = 90_000;
/** A task whose runs are done is about to end. */
const END_MILLISECONDS = 60_000;
const BETWEEN_MILLISECONDS = 500;

/**
 * Cancels the user's jobs of an experiment, whichever process waits for them.
 *
 * @param folder The folder of the experiment's submissions.
 * @returns The ids of the jobs.
 * @throws {UserError} If it is not certain that no job is left; the exit code is 1.
 */
export async function cancelSweep(folder: string): Promise<string[]> {
  const submissions = (await Submission.list(folder)).filter(({ user }) => user === Deno.uid());
  // First, so that no process takes the jobs for lost and submits them again.
  for (const submission of submissions) await submission.close("cancelled");
  try {
    return await cancelJobs(submissions);
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw new UserError(error.message, 1);
  }
}

/**
 * Cancels all jobs of submissions, and returns their ids when Slurm confirms that they are gone.
 *
 * Jobs are recognized by their script: an id may belong to another job by now, if the controller of
 * Slurm has lost its state.
 *
 * @throws {SlurmError} If Slurm does not confirm it within a minute and a half.
 */
export async function cancelJobs(submissions: readonly Submission[]): Promise<string[]> {
  const jobs = new Set<string>();
  using clock = new AwakeClock();
  // Twice, because a job may be on its way whose sbatch was interrupted.
  for (let emptyAnswers = 0; emptyAnswers < 2 && submissions.length > 0;) {
    try {
      const queued = new Set((await queuedTasks(submissions)).map(({ job }) => job));
      for (const job of queued) jobs.add(job);
      if (queued.size === 0) emptyAnswers++;
      else await scancel([...queued]);
      if (clock.milliseconds > LIMIT_MILLISECONDS) throw new SlurmError("they do not end");
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      if (clock.milliseconds > LIMIT_MILLISECONDS) {
        const hint = jobs.size > 0 ? `; try scancel ${[...jobs].join(" ")}` : "";
        throw new SlurmError(`Cannot confirm that all jobs are gone: ${error.message}${hint}`);
      }
    }
    await sleep(BETWEEN_MILLISECONDS);
  }
  return [...jobs];
}

/**
 * Ends the tasks of submissions whose runs are all done: cancels those that have not begun, and those
 * that do not end by themselves within a minute.
 *
 * @throws {SlurmError} If Slurm does not answer.
 */
export async function endTasks(submissions: readonly Submission[]): Promise<void> {
  using clock = new AwakeClock();
  for (let wait = BETWEEN_MILLISECONDS;; wait *= 2) {
    const queued = await queuedTasks(submissions);
    if (queued.length === 0) return;
    const isLate = clock.milliseconds > END_MILLISECONDS;
    const idle = queued.filter((task) => isLate || isPending(task));
    if (idle.length > 0) await scancel(idle.map(({ job, index }) => `${job}_${index}`));
    if (isLate) return;
    await sleep(wait);
  }
}

async function queuedTasks(submissions: readonly Submission[]): Promise<QueuedTask[]> {
  const tasks = await TaskList.of(submissions);
  return submissions.flatMap((submission) =>
    [...tasks.tasksOf(submission).values()].filter(isQueued)
  );
}
