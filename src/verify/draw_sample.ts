import { randomStream, shuffle } from "../random_stream.ts";

/**
 * Draws some of `total` things, by their indices, ascending; all of them if `count` is larger.
 *
 * What a larger count draws with the same seed has all that a smaller one draws.
 */
export function drawSample(total: number, count: number, seed: number): number[] {
  const order = Int32Array.from({ length: total }, (_, index) => index);
  shuffle(order, randomStream(`${seed}/sample`));
  return [...order.subarray(0, count).sort()];
}
