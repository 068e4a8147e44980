import type { RandomStream } from "../../../random_stream.ts";

/**
 * Sets `count` places of `chosen` to 1, uniformly over all choices, and the others to 0; draws
 * `count` numbers.
 *
 * Source: Floyd's algorithm, in Bentley and Floyd, A sample of brilliance (1987).
 */
export function chooseColumns(chosen: Uint8Array, count: number, random: RandomStream): void {
  chosen.fill(0);
  for (let last = chosen.length - count; last < chosen.length; last++) {
    const column = Math.floor(random() * (last + 1));
    chosen[chosen[column] === 1 ? last : column] = 1;
  }
}
