/** Where and how to train a sweep's runs on a cluster; what is absent has a default. */
export interface LauncherOptions {
  readonly partition?: string;
  readonly account?: string;
  /** Minutes that a task may take. */
  readonly time?: number;
  /** Processors of a task: it trains as many runs at once. */
  readonly cpusPerTask?: number;
  /** Tasks that may run at once. */
  readonly arrayParallelism?: number;
  /** Runs per task. */
  readonly chunk?: "auto" | number;
  /** More arguments for sbatch, each as it is passed on. */
  readonly sbatchArgs?: readonly string[];
}

/** Options of sbatch that a launch depends on, by their names and letters. */
const OWN_SBATCH_ARGS = [
  ...["array", "dependency", "error", "job-name", "output", "parsable", "wait", "wrap"],
  ...["a", "d", "e", "J", "o", "W"],
];

/** What is wrong with an argument for sbatch, if anything. */
export function sbatchArgProblem(argument: string): string | undefined {
  const [, long, letter] = argument.match(/^(?:--([^=]+)|-([^-]).*)/s) ?? [];
  if (long === undefined && letter === undefined) {
    return "it must begin with a hyphen, such as --mem=4G";
  }
  return OWN_SBATCH_ARGS.includes(long ?? letter) ? "a sweep sets it itself" : undefined;
}
