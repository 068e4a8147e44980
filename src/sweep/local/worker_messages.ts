import type { RunResult, TestResult } from "../../trainers/run_result.ts";
import type { RunTask, TrainerContext } from "../../trainers/trainer.ts";

/** The first message to a worker. */
export interface WorkerSetup {
  readonly context: TrainerContext;
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

/** Every other message to a worker. */
export interface WorkerTask {
  /** Its place in `owners`. */
  readonly index: number;
  readonly task: RunTask;
}

/** What a worker says. */
export type WorkerMessage =
  | { readonly kind: "ready" }
  | {
    readonly kind: "finished";
    readonly index: number;
    readonly result: RunResult;
    readonly test?: TestResult;
  }
  /** Something was thrown; the worker cannot be trusted any more. */
  | { readonly kind: "failed"; readonly reason: string; readonly stack?: string };
