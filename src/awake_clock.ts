const TICK_MILLISECONDS = 200;
/** A busy event loop is rarely this late; a longer gap counts as time in which it was suspended. */
const MOST_PER_TICK = 2 * TICK_MILLISECONDS;

/**
 * A clock that stands still while its process is suspended, by SIGSTOP or with the whole machine.
 *
 * Time limits are measured with it: a process that wakes up after hours must not take what it
 * waits for to have been silent for hours. It counts in ticks, and no tick for more than twice its
 * length, so it is slow where the event loop is blocked, too.
 */
export class AwakeClock implements Disposable {
  readonly #now: () => number;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #timeouts = new Map<AbortController, number>();
  #last: number;
  #awake = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#last = now();
    this.#timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);
    // The clock alone must not keep the process running.
    Deno.unrefTimer(Number(this.#timer));
  }

  /** The milliseconds since the clock was made, without those in which the process slept. */
  get milliseconds(): number {
    const now = this.#now();
    this.#awake += Math.max(0, Math.min(now - this.#last, MOST_PER_TICK));
    this.#last = now;
    return this.#awake;
  }

  /** A signal that aborts with a `TimeoutError` when the clock has gone on for so long. */
  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    this.#timeouts.set(controller, this.milliseconds + milliseconds);
    return controller.signal;
  }

  /** Stops the clock; its timeouts do not abort any more. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timeouts.clear();
  }

  #tick(): void {
    const now = this.milliseconds;
    for (const [controller, end] of this.#timeouts) {
      if (now < end) continue;
      this.#timeouts.delete(controller);
      controller.abort(new DOMException("Signal timed out.", "TimeoutError"));
    }
  }
}
