import type { Metric } from "../measures/metrics.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { KeptResult } from "../results/run_summary.ts";
import type { TestResult } from "../trainers/run_result.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { PlannedRun } from "./planned_run.ts";

/** A part of a sweep that trains some runs. */
export type Stage =
  /**
   * The cells of a search's batch, of at most so many; each run that has more than `step` steps is
   * stopped there.
   */
  | {
    readonly kind: "batch";
    readonly batch: number;
    readonly of: number;
    readonly step?: number;
  }
  /** Every run that has more than `step` steps is stopped there, to find the cells that go on. */
  | { readonly kind: "rung"; readonly step: number }
  /** Cells that are not decided get as many seeds, and are looked at then. */
  | { readonly kind: "look"; readonly seeds: number }
  /** Runs are trained to their ends. */
  | { readonly kind: "runs" }
  /** Finished runs are scored on the test rows. */
  | { readonly kind: "scores" };

/** A run of the current stage that has ended. */
export type RunEvent<Result extends KeptResult = KeptResult> =
  | {
    /** `known`: the store had its result, or another process trained it. */
    readonly kind: "known" | "trained";
    readonly run: PlannedRun;
    readonly result: Result;
    /** Given where the run's task asked for it and there are test rows. */
    readonly test?: TestResult;
  }
  /** `failure` is the reason, in words for a user. */
  | { readonly kind: "failed"; readonly run: PlannedRun; readonly failure: string };

/** Operations that trainers are to do, each in what its `cost()` counts. */
export type Work = ReadonlyMap<TrainerName, number>;

/** A stage that has not begun, as far as it can be known before. */
export interface StageAhead {
  readonly kind: Stage["kind"];
  /** How many runs it has; the most that it can have, if `isAtMost`. */
  readonly runs: number;
  readonly isAtMost: boolean;
  /** The work of these runs. */
  readonly work: Work;
}

/** Tasks of a cluster that have work to do. */
export interface TaskCounts {
  readonly queued: number;
  readonly running: number;
}

/**
 * What happens in a sweep or a verification, in order. A stage begins, its runs end one by one, and
 * it ends; a stage that the signal or an error cuts short does not.
 */
export type SweepEvent =
  | RunEvent
  /** The experiment can be swept; this is how many runs it has. */
  | { readonly kind: "planned"; readonly runs: number }
  | {
    readonly kind: "stage_began";
    readonly stage: Stage;
    /** All runs of the stage, known ones included. */
    readonly runs: readonly PlannedRun[];
    /** The metric of the experiment. */
    readonly metric: Metric;
    /** What its runs come to, where that is not the work of training all of them. */
    readonly work?: Work;
    /** The stages that follow it. */
    readonly ahead: readonly StageAhead[];
  }
  | {
    readonly kind: "stage_ended";
    readonly stage: Stage;
    /**
     * In the order of the stage's runs; runs that `failFast` or detaching left out have none.
     * Absent where runs are scored.
     */
    readonly outcomes?: readonly KeptOutcome[];
  }
  /** Slurm has reported tasks. */
  | { readonly kind: "tasks"; readonly counts: TaskCounts }
  /** Something that a user may want to know, in words. */
  | { readonly kind: "message"; readonly text: string }
  /** Something that a run's program or module prints. */
  | { readonly kind: "run_message"; readonly text: string }
  /** All result files are in the folder. */
  | { readonly kind: "written"; readonly folder: string };

/** Receives events as they happen. It is called synchronously, so it should return soon. */
export type EventListener<Event = SweepEvent> = (event: Event) => void;
