import type { LauncherOptions } from "../../experiment/launcher_options.ts";

/** How to run on a cluster: as the command line or the experiment says, or the defaults. */
export interface SlurmOptions extends LauncherOptions {
  /** Runs that a task trains at once, each on a processor of its own. */
  readonly cpusPerTask: number;
  /** Runs per task. */
  readonly chunk: "auto" | number;
  /** Passed on to sbatch as they are. */
  readonly sbatchArgs: readonly string[];
}

/** What applies where neither the command line nor the experiment gives it. */
export const SLURM_DEFAULTS = { cpusPerTask: 1, chunk: "auto" } as const;

/** The number of tasks that is assumed to run at once where there is no limit. */
const PROBABLE_SLOTS = 64;

/** Completes options; the command line's take precedence over the experiment's. */
export function slurmOptions(
  commandLine: LauncherOptions,
  experiment: LauncherOptions,
): SlurmOptions {
  return {
    partition: commandLine.partition ?? experiment.partition,
    account: commandLine.account ?? experiment.account,
    time: commandLine.time ?? experiment.time,
    cpusPerTask: commandLine.cpusPerTask ?? experiment.cpusPerTask ??
      SLURM_DEFAULTS.cpusPerTask,
    arrayParallelism: commandLine.arrayParallelism ?? experiment.arrayParallelism,
    chunk: commandLine.chunk ?? experiment.chunk ?? SLURM_DEFAULTS.chunk,
    sbatchArgs: [...experiment.sbatchArgs ?? [], ...commandLine.sbatchArgs ?? []],
  };
}

/** How many tasks probably run at once. */
export function slotsOf({ arrayParallelism }: SlurmOptions): number {
  return arrayParallelism ?? PROBABLE_SLOTS;
}
