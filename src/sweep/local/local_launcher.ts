import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
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
  /** The library of native kernels that workers may load: not where code of the user's own trains. */
  readonly library?: ChosenLibrary;
  /** Called with the kernels that a worker uses, before it trains. */
  readonly onKernels?: (kernels: SettledKernels) => void;
  /** The code that workers run, in place of the real one. */
  readonly workerUrl?: URL;
  /** How long a run may take, in place of the limit that `RunLimits` sets. */
  readonly runTimeoutSeconds?: number;
  /** How often a long stage gives its state, in place of every half a minute. */
  readonly stateSeconds?: number;
  /** The folder for the logs of programs' runs; none are kept if not given. */
  readonly logs?: string;
}

/**
 * Trains runs on this machine, each in one of a pool of workers, which may load the library of native
 * kernels if there is one, and have no other permission.
 *
 * A worker that dies is replaced, and its run tried once more before it counts as failed. One that
 * hangs is ended, and its run has failed.
 */
export class LocalLauncher implements Launcher {
  readonly #options: LocalLauncherOptions;
  /** The reasons for not using the library that have been reported. */
  readonly #refusals = new Set<string>();

  constructor(options: LocalLauncherOptions) {
    this.#options = options;
  }

  launch(runs: readonly PlannedRun[], options: LaunchOptions): AsyncIterable<LaunchedRun> {
    let pool: WorkerPool;
    return new ReadableStream<LaunchedRun>({
      start: (outcomes) => {
        const { workerUrl = WORKER, runTimeoutSeconds, ...others } = this.#options;
        const onKernels = (kernels: SettledKernels) => {
          const { problem } = kernels;
          if (problem !== undefined && !this.#refusals.has(problem)) {
            this.#refusals.add(problem);
            options.onProblem(problem);
          }
          this.#options.onKernels?.(kernels);
        };
        const limits = new RunLimits(runTimeoutSeconds, this.#options.context.own);
        const pooled = { ...others, ...options, workerUrl, limits, onKernels };
        pool = new WorkerPool(runs, outcomes, pooled);
      },
      pull: () => pool.goOn(),
      cancel: () => pool.close(),
    }, { highWaterMark: WorkerPool.room(this.#options) });
  }
}
