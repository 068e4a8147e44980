import type { Cell } from "../experiment/experiment.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { KeptResult } from "./run_summary.ts";

/** The outcome of one run of an experiment: a result or a failure. */
export interface RunOutcome<Result extends KeptResult = RunResult> {
  /** The run's key in the store. */
  readonly key: string;
  readonly cell: Cell;
  /** The index of its replicate, from 0. */
  readonly replicate: number;
  readonly seed: number;
  /** Absent without folds. */
  readonly fold?: number;
  /** Absent if the run failed. */
  readonly result?: Result;
  /** Why there is no result, in words for a user. */
  readonly failure?: string;
}

/** The outcome of a run whose result can be there in short. */
export type KeptOutcome = RunOutcome<KeptResult>;
