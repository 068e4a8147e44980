// Web Locks, which Deno has since 2.9, though not in its types.
interface LockManager {
  request<T>(name: string, callback: () => T | Promise<T>): Promise<T>;
}

const locks = (navigator as unknown as { locks: LockManager }).locks;

/**
 * Takes a lock that this worker releases only by ending, however it ends; resolves once it is held.
 *
 * Deno does not report a worker that closes itself or exits; the lock does.
 */
export function holdLifeLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    locks.request(name, () => {
      resolve();
      return new Promise(() => {});
    }).catch(reject);
  });
}

/** Resolves when the worker that holds the lock has ended. */
export function lifeLockReleased(name: string): Promise<void> {
  return locks.request(name, () => {});
}
