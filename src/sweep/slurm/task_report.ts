import type { ManifestNative } from "../../results/manifest.ts";

/** A task's report in its submission's folder, written at its start and at its end. */
export interface TaskReport {
  readonly chunk: number;
  /** Slurm's ID: array job and index, such as `12_3`. */
  readonly task: string;
  readonly node: string;
  /** How often Slurm has started it again, on this node or another. */
  readonly restarts: number;
  /** Its log, beside the reports. */
  readonly log: string;
  /** Absent until it ends. */
  readonly end?: TaskEnd;
}

export interface TaskEnd {
  /** Runs that this task trained; its other runs were known. */
  readonly trained: number;
  readonly seconds: number;
  /** The native kernels that it used; absent if it used none, or an earlier version wrote it. */
  readonly native?: ManifestNative;
  /** Runs that have failed and will not be tried again, by their keys. */
  readonly failures: readonly { readonly run: string; readonly reason: string }[];
  /** Why the task did not do all of its work, in words for a user. */
  readonly error?: string;
}

/** The report of a task that begins, from the variables that Slurm sets. */
export function taskInEnvironment(chunk: number): TaskReport {
  const variable = (name: string) => Deno.env.get(name) ?? "";
  const [job, index] = [variable("SLURM_ARRAY_JOB_ID"), variable("SLURM_ARRAY_TASK_ID")];
  return {
    chunk,
    task: `${job}_${index}`,
    node: variable("SLURMD_NODENAME"),
    restarts: Number(variable("SLURM_RESTART_COUNT")),
    log: `logs/${job}_${index}.log`,
  };
}
