import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { ProgramEnd, ProgramStart } from "../../trainers/command/program_runner.ts";
import type { RunResult, TestResult } from "../../trainers/run_result.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import type { Parameter, RunTask, TrainerContext } from "../../trainers/trainer.ts";
import type { TrainingStage, TrainingState } from "../../trainers/training_stage.ts";

/** The first message to a worker. */
export interface WorkerSetup {
  readonly context: TrainerContext;
  /** The library that it may load; given with the permission to do so. */
  readonly library?: ChosenLibrary;
  /**
   * By the lead of a stage, how it was sent last: the number of the sending, or minus that once it has
   * begun. A worker begins a stage by changing the first into the second; until then the stage can be
   * sent to another, and what it was sent as before is void.
   */
  readonly sendings: Int32Array<SharedArrayBuffer>;
  /** Name of the lock that the worker holds for as long as it lives. */
  readonly lifeLock: string;
  /** How often a long stage gives its state, so that it can go on after an interruption. */
  readonly stateSeconds: number;
}

/** Runs to train together. */
export interface WorkerStage extends Omit<TrainingStage, "tasks"> {
  readonly kind: "stage";
  /** Its place in `sendings`. */
  readonly lead: number;
  /** The number of this sending, from 1. */
  readonly sending: number;
  readonly runs: readonly WorkerRun[];
  /** True if its state is wanted now and then, for runs that are interrupted to go on from. */
  readonly keepsStates: boolean;
}

/** A run of a stage. */
export interface WorkerRun {
  readonly index: number;
  readonly task: RunTask;
  /** True if its final parameters are wanted. */
  readonly keepsModel?: boolean;
  /** Final parameters to score it by, if its trainer can: then it is not trained. */
  readonly model?: readonly Parameter[];
}

/** How the program has ended that the worker had asked for. */
export interface EndedProgram {
  readonly kind: "program";
  readonly end: ProgramEnd;
}

/** To end, and first the threads that it has started: they would outlive it. */
export interface EndRequest {
  readonly kind: "end";
}

/** Every message to a worker but the first. */
export type PoolMessage = WorkerStage | EndedProgram | EndRequest;

/** What a worker says. */
export type WorkerMessage =
  /** Said once, before it is ready. */
  | { readonly kind: "kernels"; readonly kernels: SettledKernels }
  | { readonly kind: "ready" }
  | {
    readonly kind: "finished";
    readonly index: number;
    readonly result: RunResult;
    readonly test?: TestResult;
    readonly parameters?: readonly Parameter[];
  }
  /** A run was scored by its model. */
  | { readonly kind: "scored"; readonly index: number; readonly test: TestResult }
  /** The state of a run before a step, to be kept; `isEnd` if it is the run's last. */
  | {
    readonly kind: "state";
    readonly index: number;
    readonly state: TrainingState;
    readonly isEnd: boolean;
  }
  /** The state that a stage was to begin with, or the model, is not its runs': it trains without. */
  | {
    readonly kind: "unfit";
    readonly lead: number;
    readonly what: "model" | "state";
    readonly reason: string;
  }
  /** A stage ended; `state` is that of its runs that go on. */
  | { readonly kind: "stage_ended"; readonly lead: number; readonly state?: TrainingState }
  /** The run that it trains has no result; `reason` says why, in words for a user. */
  | {
    readonly kind: "run_failed";
    readonly index: number;
    readonly reason: string;
    /** Where in a user's own code, call by call; empty if nowhere in particular. */
    readonly trace: string;
  }
  /** What the run that it trains tells its user. */
  | { readonly kind: "message"; readonly text: string }
  /** A problem of the run that it trains, which was overcome. */
  | { readonly kind: "problem"; readonly text: string }
  /** To start a program, which a worker cannot; it asks for one at a time. */
  | { readonly kind: "program"; readonly start: ProgramStart }
  /** Something was thrown; the worker cannot be trusted any more. */
  | { readonly kind: "failed"; readonly reason: string; readonly stack?: string };
