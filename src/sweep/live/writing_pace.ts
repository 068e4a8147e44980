import { writingSeconds } from "../writing_seconds.ts";

/** How often to write what a sweep has so far. */
export interface PaceOptions {
  /** The share of the sweep's time that writing may take; 0.02 if not given. */
  readonly share?: number;
  /** The fewest seconds between two writings, and before the first; 15 if not given. */
  readonly leastSeconds?: number;
  /** How long an interrupted sweep may take to write what there is; 10 seconds if not given. */
  readonly lastSeconds?: number;
}

const SHARE = 0.02;
/** More often, a page that reloads would be a nuisance. */
const LEAST_SECONDS = 15;
/** Even if nothing has changed, so that readers see that the sweep still runs. */
const SIGN_OF_LIFE_SECONDS = 60;
/** Twice as long as expected, since a machine can get busy. */
const MARGIN = 2;

/** Decides when to write, by how long writing has taken so far. */
export class WritingPace {
  readonly #share: number;
  readonly #leastSeconds: number;
  /** What the next writing is expected to take. */
  #expected: number;
  /** Seconds that all of them took. */
  #spent = 0;
  /** When the last one ended, in seconds since the sweep began. */
  #last = 0;

  /** @param runs How many runs the sweep has. */
  constructor(
    runs: number,
    { share = SHARE, leastSeconds = LEAST_SECONDS }: PaceOptions = {},
  ) {
    this.#share = share;
    this.#leastSeconds = leastSeconds;
    this.#expected = writingSeconds(runs);
  }

  /**
   * Whether to write now.
   *
   * @param elapsed Seconds since the sweep began.
   * @param hasNews False: nothing has changed since the last writing.
   * @param secondsLeft How much longer the sweep is expected to take, if anything tells.
   */
  isDue(elapsed: number, { hasNews = true, secondsLeft = Infinity } = {}): boolean {
    // What is complete is worth waiting for.
    if (secondsLeft < this.#leastSeconds / 3) return false;
    const least = hasNews ? this.#gap : Math.max(this.#gap, SIGN_OF_LIFE_SECONDS);
    return elapsed - this.#last >= least && this.#spent + this.#expected <= this.#share * elapsed;
  }

  /** Counts a writing that took so many seconds and ended after so many of the sweep. */
  add(seconds: number, elapsed: number): void {
    this.#expected = seconds;
    this.#spent += seconds;
    this.#last = elapsed;
  }

  /** After so many seconds, the next writing should have begun: it has, unless a first one takes long. */
  get againSeconds(): number {
    return Math.ceil(MARGIN * Math.max(this.#gap, SIGN_OF_LIFE_SECONDS));
  }

  get #gap(): number {
    return Math.max(this.#leastSeconds, this.#expected * (1 / this.#share - 1));
  }
}
