import { fail } from "@std/assert";
import { processorSeconds } from "./_processor_seconds.ts";

/** What twice the input may take: work that grows with its square takes four times as much. */
const MOST_PER_DOUBLING = 2.5;
const MOST_TIMES = MOST_PER_DOUBLING ** 2;
/** The clock counts hundredths of a second. */
const LEAST_SECONDS = 0.1;
/** What takes no time at all is not repeated without end. */
const MOST_REPEATS = 512;
/** What disturbs a measurement makes it longer, so that the shortest of some is the truest. */
const MOST_ROUNDS = 10;

/**
 * Asserts that work grows no faster than its input, on a machine of any speed: on four times the input it
 * takes at most 2.5² times the processor's time.
 */
export async function assertLinear(
  size: number,
  work: (size: number) => unknown,
): Promise<void> {
  let repeats = 1;
  while (repeats < MOST_REPEATS && await secondsOf(work, size / 4, repeats) < LEAST_SECONDS) {
    repeats *= 2;
  }
  let [small, large] = [Infinity, Infinity];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    small = Math.min(small, await secondsOf(work, size / 4, repeats));
    large = Math.min(large, await secondsOf(work, size, repeats));
    if (large <= MOST_TIMES * small) return;
  }
  fail(`four times the input takes ${(large / small).toFixed(1)} times as long`);
}

async function secondsOf(
  work: (size: number) => unknown,
  size: number,
  repeats: number,
): Promise<number> {
  const started = processorSeconds();
  for (let repeat = 0; repeat < repeats; repeat++) await work(size);
  return processorSeconds() - started;
}
