/** Where and how to train a sweep's runs on a cluster; what is absent has a default. */
export interface LauncherOptions {
  /** The partition that tasks run in. */
  readonly partition?: string;
  /** The account that they are charged to. */
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
