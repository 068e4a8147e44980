import type { TrainerContext } from "../../trainers/trainer.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { WorkerPool } from "./_worker_pool.ts";
import { RunLimits } from "./run_limits.ts";

const WORKER = new URL("./worker.ts", import.meta.url);

export interface LocalLauncherOptions {
  /** How many runs are trained at once. */
  readonly workers: number;
  /** Compiled and read once; every worker shares it. */
  readonly context: TrainerContext;
  /** The code that workers run, in place of the real one. */
  readonly workerUrl?: URL;
  /** How long a run may take, in place of the limit that `RunLimits` sets. */
  readonly runTimeoutSeconds?: number;
  /** The folder for the logs of programs' runs; none are kept if not given. */
  readonly logs?: string;
}

/**
 * Trains runs on this machine, each in one of a pool of workers without any permission.
 *
 * A worker that dies is replaced, and its run tried once more before it counts as failed. One that
 * hangs is ended, and its run has failed.
 */
export class LocalLauncher implements Launcher {
  readonly #options: LocalLauncherOptions;

  constructor(options: LocalLauncherOptions) {
    this.#options = options;
  }

  launch(runs: readonly PlannedRun[], options: LaunchOptions): AsyncIterable<LaunchedRun> {
    let pool: WorkerPool;
    const mostAdmitted = WorkerPool.mostAdmitted(this.#options);
    return new ReadableStream<LaunchedRun>({
      start: (outcomes) => {
        const { workerUrl = WORKER, runTimeoutSeconds, ...others } = this.#options;
        const limits = new RunLimits(runTimeoutSeconds, this.#options.context.own);
        pool = new WorkerPool(runs, outcomes, { ...others, ...options, workerUrl, limits });
      },
      pull: () => pool.goOn(),
      cancel: () => pool.close(),
    }, { highWaterMark: mostAdmitted });
  }
}
