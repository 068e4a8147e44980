import type { Cell } from "../experiment/experiment.ts";
import type { RunResult } from "../trainers/run_result.ts";

/** How one run of an experiment ended. */
export interface RunOutcome {
  /** The run's key in the store. */
  readonly key: string;
  readonly cell: Cell;
  /** Its place among the experiment's seeds, from 0. */
  readonly replicate: number;
  readonly seed: number;
  /** Absent where the run failed. */
  readonly result?: RunResult;
  /** Why there is no result, in words for a user. */
  readonly failure?: string;
}
