import type { LauncherOptions } from "../../experiment/launcher_options.ts";

/** What an experiment or a command line says of how to run on a cluster, and what if it does not. */
export interface SlurmOptions extends LauncherOptions {
  /** Runs that a task trains at once, each on a processor of its own. */
  readonly cpusPerTask: number;
  /** Runs per task. */
  readonly chunk: "auto" | number;
  /** Passed on to sbatch as they are. */
  readonly sbatchArgs: readonly string[];
}

/** The tasks that are taken to run at once where nobody says how many may. */
const PROBABLE_SLOTS = 64;

/** Completes options, the command line's before the experiment's. */
export function slurmOptions(
  commandLine: LauncherOptions,
  experiment: LauncherOptions,
): SlurmOptions {
  return {
    partition: commandLine.partition ?? experiment.partition,
    account: commandLine.account ?? experiment.account,
    time: commandLine.time ?? experiment.time,
    cpusPerTask: commandLine.cpusPerTask ?? experiment.cpusPerTask ?? 1,
    arrayParallelism: commandLine.arrayParallelism ?? experiment.arrayParallelism,
    chunk: commandLine.chunk ?? experiment.chunk ?? "auto",
    sbatchArgs: [...experiment.sbatchArgs ?? [], ...commandLine.sbatchArgs ?? []],
  };
}

/** How many tasks probably run at once. */
export function slotsOf({ arrayParallelism }: SlurmOptions): number {
  return arrayParallelism ?? PROBABLE_SLOTS;
}
