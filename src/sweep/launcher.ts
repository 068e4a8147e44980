import type { RunResult, TestResult } from "../trainers/run_result.ts";
import type { Parameter, RunTask } from "../trainers/trainer.ts";
import type { TrainingState } from "../trainers/training_stage.ts";
import type { PlannedRun } from "./planned_run.ts";

export interface LaunchOptions {
  /** Ends the launch when it aborts; what has finished by then is still yielded. */
  readonly signal: AbortSignal;
  /** Called with problems that were overcome, in words for a user. */
  readonly onProblem: (message: string) => void;
  /** Called with what a run's program or module prints. */
  readonly onMessage?: (message: string) => void;
  /**
   * Called just before a run begins, with those that have begun and that it is trained with, because they
   * share steps; may be called again. All runs are trained if this is not given.
   */
  readonly admit?: (run: PlannedRun, others?: readonly PlannedRun[]) => Admission;
  /** Called as a run ends, with its result if it has one, before another takes its place. */
  readonly onRunEnd?: (run: PlannedRun, result?: RunResult) => void;
  /** Whether a run's final parameters are wanted; none are if not given. */
  readonly keepsModel?: (run: PlannedRun) => boolean;
  /**
   * Reads the final parameters that an earlier training of a run had, to score the run by them: it is
   * trained only if there are none. Runs are trained without looking for any if this is not given.
   */
  readonly modelOf?: (run: PlannedRun) => Promise<readonly Parameter[] | undefined>;
  /** Removes a run's final parameters, which are not the run's; `reason` says why, in words. */
  readonly rejectModel?: (run: PlannedRun, reason: string) => void;
  /** Given if runs may share steps and go on from states; otherwise each begins at its first step. */
  readonly sharing?: Sharing;
}

/** A state that is kept: its name, and the step that it is before. */
export interface KeptState {
  readonly key: string;
  readonly step: number;
}

/** What earlier runs have left to go on from, and where to keep what others can go on from. */
export interface Sharing {
  /** The latest state that a run may be able to go on from. */
  latest(run: PlannedRun): KeptState | undefined;
  /** Reads a state; undefined if it is damaged or gone, or one of the tasks cannot go on from it. */
  read(state: KeptState, tasks: readonly RunTask[]): Promise<TrainingState | undefined>;
  /** Whether to keep the state in which a run ends. */
  keepsEnd(run: PlannedRun): boolean;
  /** Keeps a run's state, if there is room. */
  keep(run: PlannedRun, state: TrainingState): Promise<void>;
  /** Removes a state that no run can go on from; `reason` says why, in words. */
  reject(state: KeptState, reason: string): void;
  /** Removes a run's state before a step. */
  remove(run: PlannedRun, step: number): void;
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
    /** Its final parameters, where they are worth keeping. */
    readonly parameters?: readonly Parameter[];
    /** True if the store has its record already. */
    readonly isStored?: boolean;
    readonly failure?: undefined;
  }
  /** It was scored by its model, and not trained. */
  | {
    readonly run: PlannedRun;
    readonly result?: undefined;
    readonly test: TestResult;
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
