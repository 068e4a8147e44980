import { randomStream, shuffle } from "../random_stream.ts";

/**
 * Draws `count` of `total` indices, or all if `count` is larger; returns them in ascending order.
 *
 * With the same seed, a larger sample contains every smaller one.
 */
export function drawSample(total: number, count: number, seed: number): number[] {
  const order = Int32Array.from({ length: total }, (_, index) => index);
  shuffle(order, randomStream(`${seed}/sample`));
  return [...order.subarray(0, count).sort()];
}
