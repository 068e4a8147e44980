import { HANG_SECONDS } from "./_hang_seconds.ts";

const PAUSE_MILLISECONDS = 10;

/**
 * Waits until something is so.
 *
 * @param what What is waited for, as an error names it.
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what = "a condition",
): Promise<void> {
  const deadline = performance.now() + 1000 * HANG_SECONDS;
  while (!await isSo()) {
    if (performance.now() > deadline) throw new Error(`Waited ${HANG_SECONDS} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}
