import type { SlurmOptions } from "./slurm_options.ts";

/** One array of a submission's tasks. */
export interface ArrayPlan {
  /** Its first chunk. */
  readonly first: number;
  readonly count: number;
  /** How many of its tasks may run at once; no limit if absent. */
  readonly parallelism?: number;
  /** An array that has to end before, in place of a share in the limit. */
  readonly after?: ArrayPlan;
}

/**
 * Divides chunks into arrays that Slurm takes, of about equal size.
 *
 * Where only so many tasks may run at once, the arrays share that out; where there are more arrays
 * than that, some wait for others to end.
 */
export function planArrays(
  chunks: number,
  largest: number,
  { arrayParallelism }: Pick<SlurmOptions, "arrayParallelism">,
): ArrayPlan[] {
  const count = Math.ceil(chunks / largest);
  const lanes = Math.min(count, arrayParallelism ?? Infinity);
  const plans: ArrayPlan[] = [];
  for (let n = 0; n < count; n++) {
    const [first, next] = [n, n + 1].map((place) => Math.floor(place * chunks / count));
    plans.push({
      first,
      count: next - first,
      parallelism: arrayParallelism && Math.floor((arrayParallelism + n % lanes) / lanes),
      after: plans[n - lanes],
    });
  }
  return plans;
}

export interface ArrayOptions {
  readonly jobName: string;
  /** The submission's folder. */
  readonly folder: string;
  readonly script: string;
  /** Id of the array that has to end before. */
  readonly after?: string;
}

/** What to call sbatch with. */
export function arrayArguments(
  { first, count, parallelism }: ArrayPlan,
  { jobName, folder, script, after }: ArrayOptions,
  { partition, account, time, cpusPerTask, sbatchArgs }: SlurmOptions,
): string[] {
  const limit = parallelism === undefined ? "" : `%${parallelism}`;
  return [
    `--job-name=${jobName}`,
    `--array=0-${count - 1}${limit}`,
    ...["--nodes=1", "--ntasks=1", `--cpus-per-task=${cpusPerTask}`],
    // A task that is started again finds in the store what it has done.
    ...[
      "--requeue",
      "--open-mode=append",
      `--output=${folder.replaceAll("%", "%%")}/logs/%A_%a.log`,
    ],
    ...partition === undefined ? [] : [`--partition=${partition}`],
    ...account === undefined ? [] : [`--account=${account}`],
    ...time === undefined ? [] : [`--time=${time}`],
    ...after === undefined ? [] : [`--dependency=afterany:${after}`],
    ...sbatchArgs,
    script,
    String(first),
  ];
}
