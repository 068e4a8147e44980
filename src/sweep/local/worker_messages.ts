import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { ProgramEnd, ProgramStart } from "../../trainers/command/program_runner.ts";
import type { RunResult, TestResult } from "../../trainers/run_result.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import type { RunTask, TrainerContext } from "../../trainers/trainer.ts";

/** The first message to a worker. */
export interface WorkerSetup {
  readonly context: TrainerContext;
  /** The library that it may load; given with the permission to do so. */
  readonly library?: ChosenLibrary;
  /** This worker's number, from 1. */
  readonly worker: number;
  /**
   * By task, who has it: a worker that it was sent to (its number) or that has begun it (minus its
   * number). A worker begins a task by changing the first into the second; until then the task can
   * be given to another.
   */
  readonly owners: Int32Array<SharedArrayBuffer>;
  /** Name of the lock that the worker holds for as long as it lives. */
  readonly lifeLock: string;
}

/** A run to train. */
export interface WorkerTask {
  readonly kind: "task";
  /** Its place in `owners`. */
  readonly index: number;
  readonly task: RunTask;
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
export type PoolMessage = WorkerTask | EndedProgram | EndRequest;

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
  }
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
