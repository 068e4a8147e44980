import seedrandom from "seedrandom";

/** Draws the next number, uniform in [0, 1). */
export type RandomStream = () => number;

/**
 * A stream of random numbers that depends only on its name.
 *
 * Each use has its own name (`3/split`, `3/init`, ...), so that drawing more numbers for one use
 * never changes those of another.
 */
export function randomStream(name: string): RandomStream {
  return seedrandom(name);
}

/** Shuffles in place, uniformly over all orders. Source: Durstenfeld, Algorithm 235 (1964). */
export function shuffle(values: Int32Array, random: RandomStream): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const value = values[last];
    values[last] = values[chosen];
    values[chosen] = value;
  }
}
