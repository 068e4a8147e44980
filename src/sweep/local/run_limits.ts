import type { RunResult } from "../../trainers/run_result.ts";
import { isWhole, SLOW_SECONDS_PER_FLOP } from "../estimate_time.ts";
import type { PlannedRun } from "../planned_run.ts";

/** The shortest limit, unless the user sets one. */
const SHORTEST_SECONDS = 600;
/** The limit as a multiple of the time expected from the slowest of the other runs. */
const GENEROSITY = 50;

/**
 * How long a run may take before its worker counts as hung: as long as the user allows or, by
 * default, ten minutes or 50 times as long as at the pace of the slowest run so far, whichever is
 * more.
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
    // Before any run has ended.
    const pace = this.#slowestPace || SLOW_SECONDS_PER_FLOP;
    return Math.max(SHORTEST_SECONDS, GENEROSITY * pace * flops);
  }
}
