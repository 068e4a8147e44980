import type { RunResult, TestResult } from "../trainers/run_result.ts";
import type { PlannedRun } from "./planned_run.ts";

export interface LaunchOptions {
  /** Ends the launch when it aborts; what has finished by then is still yielded. */
  readonly signal: AbortSignal;
  /** Called with problems that were overcome, in words for a user. */
  readonly onProblem: (message: string) => void;
  /** Called with what a run's program or module prints. */
  readonly onMessage?: (message: string) => void;
  /** Called just before a run begins, where others may train the same run; may be called again. */
  readonly admit?: (run: PlannedRun) => Admission;
}

/** To train a run now; to ask again later; or to leave it out, and not to yield it. */
export type Admission = "now" | "later" | "never";

/** A run that ended: with a result, or with the reason why there is none, in words for a user. */
export type LaunchedRun =
  | {
    readonly run: PlannedRun;
    readonly result: RunResult;
    /** Where its task asked for it and there are test rows. */
    readonly test?: TestResult;
    /** True if the store has its record already. */
    readonly isStored?: boolean;
    readonly failure?: undefined;
  }
  | {
    readonly run: PlannedRun;
    readonly result?: undefined;
    readonly test?: undefined;
    readonly failure: string;
  };

/** Where runs are trained: in this process's workers, or on a cluster. */
export interface Launcher {
  /**
   * Trains runs, beginning them in the order given, and yields each as it ends.
   *
   * A consumer that is slow for a while does not keep runs from being trained, but what it has not
   * taken is bounded, and so are the runs that are admitted and not yielded. Leaving the loop ends
   * what is running.
   */
  launch(runs: readonly PlannedRun[], options: LaunchOptions): AsyncIterable<LaunchedRun>;
}
