import type { Cell } from "../experiment/experiment.ts";
import type { RunResult } from "../trainers/run_result.ts";

/** The outcome of one run of an experiment: a result or a failure. */
export interface RunOutcome {
  /** The run's key in the store. */
  readonly key: string;
  readonly cell: Cell;
  /** The index of its replicate, from 0. */
  readonly replicate: number;
  readonly seed: number;
  /** Absent without folds. */
  readonly fold?: number;
  /** Absent if the run failed. */
  readonly result?: RunResult;
  /** Why there is no result, in words for a user. */
  readonly failure?: string;
}
