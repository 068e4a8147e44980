import type { TrainerContext } from "../train/trainer.ts";
import type { LaunchedRun, Launcher, LaunchOptions } from "./launcher.ts";
import type { PlannedRun } from "./planned_run.ts";
import { WorkerPool } from "./_worker_pool.ts";

export interface LocalLauncherOptions {
  /** How many runs are trained at once. */
  readonly workers: number;
  /** Compiled and read once; every worker shares it. */
  readonly context: TrainerContext;
  /** What a worker runs, if not the real thing. */
  readonly workerUrl?: URL;
}

/**
 * Trains runs on this machine, each in one of a pool of workers without any permission.
 *
 * A worker that dies is replaced, and its run tried once more before it counts as failed.
 */
export class LocalLauncher implements Launcher {
  readonly #options: Required<LocalLauncherOptions>;

  constructor(options: LocalLauncherOptions) {
    this.#options = { workerUrl: new URL("./worker.ts", import.meta.url), ...options };
  }

  launch(runs: readonly PlannedRun[], options: LaunchOptions): AsyncIterable<LaunchedRun> {
    let pool: WorkerPool;
    return new ReadableStream<LaunchedRun>({
      start: (outcomes) => {
        pool = new WorkerPool(runs, outcomes, { ...this.#options, ...options });
      },
      cancel: () => pool.close(),
    });
  }
}
