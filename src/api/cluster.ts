import type { SweepStatus } from "../sweep/slurm/sweep_status.ts";
import { type Experiment, OPENED } from "./experiment.ts";
import { REPORTS, type SweepPlace } from "./sweep_place.ts";

/**
 * Finds out which runs of an experiment are queued, running, done or lost on a Slurm cluster; changes
 * nothing.
 *
 * @example
 * ```ts
 * import { clusterStatus, readExperiment } from "@regsweep/regsweep";
 *
 * const { done, total, lost } = await clusterStatus(await readExperiment("experiments/quick.yaml"));
 * console.log(`${done} of ${total} runs are done, ${lost} lost`);
 * ```
 *
 * @throws {UserError} If Slurm does not answer, or the dataset does not suit the experiment.
 */
export async function clusterStatus(
  experiment: Experiment,
  { reports = REPORTS, onMessage = () => {} }: Pick<SweepPlace, "reports" | "onMessage"> = {},
): Promise<SweepStatus> {
  const [{ sweepStatus }, { sweepFolders }] = await Promise.all([
    import("../sweep/slurm/sweep_status.ts"),
    import("../sweep/sweep_folders.ts"),
  ]);
  const folders = sweepFolders(reports, OPENED.of(experiment).experiment);
  return await sweepStatus(OPENED.of(experiment), { folders, onProblem: onMessage });
}

/** Of which experiment jobs are cancelled. */
export interface CancelOptions extends Pick<SweepPlace, "reports"> {
  /** A name in place of the experiment's. */
  readonly name?: string;
  /** Of an experiment with `datasets:`, the name of the one whose jobs are cancelled. */
  readonly table?: string;
}

/** What was cancelled. */
export interface CancelledJobs {
  /** The experiment's name. */
  readonly experiment: string;
  /** The ids of the jobs. */
  readonly jobs: readonly string[];
}

/**
 * Cancels the user's jobs of an experiment on a Slurm cluster, whichever process waits for them;
 * finished runs are kept.
 *
 * @example
 * ```ts
 * import { cancelJobs } from "@regsweep/regsweep";
 *
 * console.log((await cancelJobs("experiments/quick.yaml")).jobs);
 * ```
 *
 * @param file The experiment's; its dataset is not read.
 * @throws {UserError} If the file is wrong, or it is not certain that no job is left.
 */
export async function cancelJobs(
  file: string,
  { reports = REPORTS, name, table }: CancelOptions = {},
): Promise<CancelledJobs> {
  const [{ readExperiment }, { cancelSweep }, { sweepFolders }] = await Promise.all([
    import("../experiment/read_experiment.ts"),
    import("../sweep/slurm/cancel_jobs.ts"),
    import("../sweep/sweep_folders.ts"),
  ]);
  const experiment = await readExperiment(file, { name, table });
  const jobs = await cancelSweep(sweepFolders(reports, experiment).submissions);
  return { experiment: experiment.name, jobs };
}
