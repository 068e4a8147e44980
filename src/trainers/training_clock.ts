import { stopwatch } from "../stopwatch.ts";

/** Counts the seconds that runs train; it stands still while something else happens. */
export class TrainingClock {
  #seconds: number;
  #watch = stopwatch();

  /** @param seconds Of the steps before. */
  constructor(seconds = 0) {
    this.#seconds = seconds;
  }

  /** The seconds up to the last `stop()`. */
  get seconds(): number {
    return this.#seconds;
  }

  stop(): void {
    this.#seconds += this.#watch();
  }

  go(): void {
    this.#watch = stopwatch();
  }
}
