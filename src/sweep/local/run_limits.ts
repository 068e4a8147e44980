import type { OwnCode } from "../../trainers/own_code.ts";
import type { RunResult } from "../../trainers/run_result.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import { isWhole, SLOW_SECONDS_PER_FLOP } from "../estimate_time.ts";
import type { PlannedRun } from "../planned_run.ts";

/** The shortest limit, unless the user sets one. */
const SHORTEST_SECONDS = 600;
/** The limit as a multiple of the time expected from the slowest of the other runs. */
const GENEROSITY = 50;

/**
 * How long a run may take before its worker counts as hung: as long as the user allows or, by
 * default, ten minutes or 50 times as long as at the pace of its trainer's slowest run so far,
 * whichever is more. A program with a time limit of its own has no other by default: whoever starts
 * it ends it.
 */
export class RunLimits {
  readonly #seconds: number | undefined;
  /** Programs that have a time limit of their own. */
  readonly #limited: ReadonlySet<TrainerName>;
  readonly #slowestPace = new Map<TrainerName, number>();

  /** @param own The own trainers among those that train. */
  constructor(seconds: number | undefined, own: readonly OwnCode[] = []) {
    this.#seconds = seconds;
    const limited = own.filter((code) => {
      return code.kind === "program" && code.timeoutSeconds !== undefined;
    });
    this.#limited = new Set(limited.map(({ name }) => name));
  }

  /** Learns from a run that ended. */
  add(run: PlannedRun, result: RunResult): void {
    const { flops, cell: { trainer } } = run;
    // A run that diverged or stopped early did not do all of its work.
    if (result.status !== "completed" || flops === 0 || !isWhole(run, result)) return;
    const slowest = this.#slowestPace.get(trainer) ?? 0;
    this.#slowestPace.set(trainer, Math.max(slowest, result.trainSeconds / flops));
  }

  secondsFor({ flops, cell: { trainer } }: PlannedRun): number {
    if (this.#seconds !== undefined) return this.#seconds;
    if (this.#limited.has(trainer)) return Infinity;
    // Before any run has ended.
    const pace = this.#slowestPace.get(trainer) || SLOW_SECONDS_PER_FLOP;
    return Math.max(SHORTEST_SECONDS, GENEROSITY * pace * flops);
  }
}
