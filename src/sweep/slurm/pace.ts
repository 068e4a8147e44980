/** How often the store and Slurm are asked, and how long is waited; in milliseconds. */
export interface Pace {
  readonly store: number;
  readonly fastestQueue: number;
  readonly slowestQueue: number;
  /** How long a run without a task may still turn up: network file systems are late. */
  readonly grace: number;
  /** After so long without a sign, a process that waited for jobs is taken for dead. */
  readonly silence: number;
}

/** The pace that a cluster's controller stands, times a factor: tests are in a hurry. */
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
