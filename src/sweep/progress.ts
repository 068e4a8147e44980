import type { RunEvent } from "./sweep_events.ts";

/** Counts the runs of a stage as they end. */
export class Progress {
  readonly total: number;
  /** Runs found in the store. */
  known = 0;
  trained = 0;
  diverged = 0;
  failed = 0;
  /** Time spent training, summed over the runs that were trained. */
  trainSeconds = 0;

  /** @param total How many runs the stage has. */
  constructor(total: number) {
    this.total = total;
  }

  /** Runs that have ended. */
  get done(): number {
    return this.known + this.trained + this.failed;
  }

  /** Counts a run that has ended. */
  add(event: RunEvent): void {
    if (event.kind === "failed") {
      this.failed++;
      return;
    }
    if (event.kind === "known") this.known++;
    else {
      this.trained++;
      this.trainSeconds += event.result.trainSeconds;
    }
    if (event.result.status === "diverged") this.diverged++;
  }
}
