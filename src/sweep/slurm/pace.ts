/** Intervals between queries of the store and of Slurm, and times to wait; in milliseconds. */
export interface Pace {
  readonly store: number;
  readonly fastestQueue: number;
  readonly slowestQueue: number;
  /** How long to wait for the record of a run without a task: network file systems are late. */
  readonly grace: number;
  /** A process that waits for jobs counts as dead after so long without a sign of life. */
  readonly silence: number;
}

/** A pace that a cluster's controller can bear, times a factor: tests are in a hurry. */
export function pace(factor = 1): Pace {
  return {
    store: 2000 * factor,
    fastestQueue: 10_000 * factor,
    slowestQueue: 60_000 * factor,
    grace: 60_000 * factor,
    silence: 300_000 * factor,
  };
}

/** Waits, but not beyond the signal's abort. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
