import type { PlannedRun } from "../planned_run.ts";
import { endOf } from "./chunk_end.ts";
import type { QueuedTask } from "./slurm_commands.ts";
import type { Submission } from "./submission.ts";
import { TaskList } from "./task_list.ts";
import { isLive, isPending, isQueued, obstacleOf } from "./task_state.ts";

/** How a job of a sweep's is. */
export interface JobStatus {
  /** Its id. */
  readonly job: string;
  readonly queued: number;
  readonly running: number;
  /** Tasks that have ended, with results or without. */
  readonly ended: number;
  /** Where its tasks run. */
  readonly nodes: readonly string[];
  /** Why tasks pend, in Slurm's words; with what it means where they will go on to. */
  readonly reasons: readonly string[];
}

/** What became of an experiment's runs on a cluster, at one moment. */
export interface SweepStatus {
  readonly done: number;
  /** Runs without a record whose task runs; some of them may not have begun. */
  readonly running: number;
  readonly queued: number;
  /** Runs that were submitted, and whose tasks have ended without a result. */
  readonly lost: number;
  /** Runs that no task is known of. */
  readonly notSubmitted: number;
  /** Jobs of which Slurm still knows. */
  readonly jobs: readonly JobStatus[];
  /** How tasks ended that have lost runs. */
  readonly losses: readonly string[];
}

/**
 * Finds out how an experiment's runs are.
 *
 * @param known Keys that have a record.
 * @throws {SlurmError} If Slurm does not answer.
 */
export async function sweepStatus(
  runs: readonly PlannedRun[],
  known: ReadonlySet<string>,
  submissions: readonly Submission[],
): Promise<SweepStatus> {
  const tasks = await TaskList.of(submissions);
  const missing = new Set(runs.map(({ key }) => key).filter((key) => !known.has(key)));
  const counts = { done: runs.length - missing.size, running: 0, queued: 0, lost: 0 };
  const losses: string[] = [];
  const chunks = submissions.flatMap((submission) =>
    Array.from({ length: submission.manifest.chunks }, (_, number) => {
      return { submission, number, task: tasks.taskOf(submission, number) };
    })
  );
  const isOfLive = ({ task }: { task?: QueuedTask }) => task !== undefined && isLive(task);
  // A run that was submitted again is where its live task is.
  for (const chunk of [...chunks.filter(isOfLive), ...chunks.filter((chunk) => !isOfLive(chunk))]) {
    const keys = (await chunk.submission.readKeys(chunk.number)).filter((key) =>
      missing.delete(key)
    );
    if (keys.length === 0) continue;
    if (!isOfLive(chunk)) {
      counts.lost += keys.length;
      losses.push(await endOf(chunk));
    } else if (chunk.task && isPending(chunk.task)) counts.queued += keys.length;
    else counts.running += keys.length;
  }
  const jobs = Map.groupBy(chunks.flatMap(({ task }) => task ?? []), ({ job }) => job);
  return {
    ...counts,
    notSubmitted: missing.size,
    jobs: [...jobs].map(([job, tasks]) => jobStatus(job, tasks)),
    losses,
  };
}

function jobStatus(job: string, tasks: readonly QueuedTask[]): JobStatus {
  const live = tasks.filter(isQueued);
  const pending = live.filter(isPending);
  const running = live.filter((task) => !isPending(task));
  return {
    job,
    queued: pending.length,
    running: running.length,
    ended: tasks.length - live.length,
    nodes: [...new Set(running.map(({ node }) => node))].sort(),
    reasons: [...new Set(pending.map((task) => obstacleOf(task) ?? task.reason))]
      .filter((reason) => reason !== "None").sort(),
  };
}
