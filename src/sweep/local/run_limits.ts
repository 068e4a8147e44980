import type { RunResult } from "../../trainers/run_result.ts";
import { isWhole } from "../estimate_time.ts";
import type { PlannedRun } from "../planned_run.ts";

/** No run is given up earlier, unless the user says so. */
const SHORTEST_SECONDS = 600;
/** Of the time that the slowest of the others lets expect. */
const GENEROSITY = 50;
/** What is expected before any run has ended: the pace of a slow machine. */
const SLOW_SECONDS_PER_FLOP = 2e-9;

/**
 * How long a run may take before its worker counts as hung: what the user says or, if nothing, ten
 * minutes or 50 times as long as at the pace of the slowest run so far, whichever is more.
 */
export class RunLimits {
  readonly #seconds: number | undefined;
  #slowestPace = 0;

  constructor(seconds: number | undefined) {
    this.#seconds = seconds;
  }

  /** Learns from a run that ended. */
  add(run: PlannedRun, result: RunResult): void {
    const { flops } = run;
    // A run that diverged or stopped early did not do all of its work.
    if (result.status !== "completed" || flops === 0 || !isWhole(run, result)) return;
    this.#slowestPace = Math.max(this.#slowestPace, result.trainSeconds / flops);
  }

  secondsFor({ flops }: PlannedRun): number {
    if (this.#seconds !== undefined) return this.#seconds;
    const pace = this.#slowestPace || SLOW_SECONDS_PER_FLOP;
    return Math.max(SHORTEST_SECONDS, GENEROSITY * pace * flops);
  }
}
