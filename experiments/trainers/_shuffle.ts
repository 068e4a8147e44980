/**
 * Shuffles in place, uniformly over all orders (Fisher–Yates).
 *
 * Source: Durstenfeld, Algorithm 235 (1964).
 */
export function shuffle(values: Int32Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [values[last], values[chosen]] = [values[chosen], values[last]];
  }
}
