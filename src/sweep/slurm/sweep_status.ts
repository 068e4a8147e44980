import type { OpenedExperiment } from "../../experiment/open_experiment.ts";
import { Store } from "../../store/store.ts";
import { UserError } from "../../user_error.ts";
import { knownSearch } from "../plan/known_search.ts";
import { askedRuns } from "../plan/survey_looks.ts";
import { planRuns, type RunContext } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { SweepFolders } from "../sweep_folders.ts";
import { endOf } from "./chunk_end.ts";
import { type QueuedTask, SlurmError } from "./slurm_commands.ts";
import { Submission } from "./submission.ts";
import { TaskList } from "./task_list.ts";
import { isLive, isPending, isQueued, obstacleOf } from "./task_state.ts";

/** The state of a job of a sweep. */
export interface JobStatus {
  /** Its id. */
  readonly job: string;
  /** Tasks that have not begun. */
  readonly queued: number;
  /** Tasks that run. */
  readonly running: number;
  /** Tasks that have ended, with results or without. */
  readonly ended: number;
  /** Where its tasks run. */
  readonly nodes: readonly string[];
  /** Why tasks pend, in Slurm's words; explained where they will not start by themselves. */
  readonly reasons: readonly string[];
}

/** The state of an experiment's runs on a cluster, at one moment. */
export interface SweepStatus {
  /** The number of runs. */
  readonly total: number;
  /** Runs that have a record. */
  readonly done: number;
  /** Runs without a record whose task runs; some of them may not have begun. */
  readonly running: number;
  /** Runs whose task has not begun. */
  readonly queued: number;
  /** Runs that were submitted, and whose tasks have ended without a result. */
  readonly lost: number;
  /** Runs that have no known task. */
  readonly notSubmitted: number;
  /** Jobs of which Slurm still knows. */
  readonly jobs: readonly JobStatus[];
  /** How tasks ended that have lost runs. */
  readonly losses: readonly string[];
}

export interface StatusOptions {
  readonly folders: SweepFolders;
  /** Called with warnings, in words for a user. */
  readonly onProblem: (message: string) => void;
}

/**
 * Finds out the state of an experiment's runs; changes nothing.
 *
 * @throws {UserError} If Slurm does not answer, in which case the exit code is 1, or if the dataset
 * does not suit the experiment.
 */
export async function sweepStatus(
  { experiment, dataset }: OpenedExperiment,
  { folders, onProblem }: StatusOptions,
): Promise<SweepStatus> {
  const store = await Store.open(folders.store, { onProblem, readOnly: true });
  const runs = await runsAsked({ experiment, dataset }, store);
  const submissions = await Submission.list(folders.submissions);
  try {
    return await statusOf(runs, await store.keys(), submissions);
  } catch (error) {
    if (!(error instanceof SlurmError)) throw error;
    throw new UserError(`Slurm does not answer: ${error.message}`, 1);
  }
}

/** The runs that are to be had now: those of later looks and batches are not known, and maybe never asked. */
async function runsAsked(
  { experiment, dataset }: Pick<RunContext, "experiment" | "dataset">,
  store: Store,
): Promise<readonly PlannedRun[]> {
  const search = experiment.search && await knownSearch(experiment, dataset, store);
  const { experiment: known, runs } = search ?? { experiment, runs: [] };
  if (search && !known.searched?.isOver) return runs.map(({ run }) => run);
  if (!known.looks) return planRuns(known, dataset).runs;
  return (await askedRuns(known, dataset, store)).runs.map(({ run }) => run);
}

/** @param known Keys that have a record. */
async function statusOf(
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
    total: runs.length,
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
