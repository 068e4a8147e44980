import { type RandomStream, randomStream } from "../src/random_stream.ts";

/** Draws of one random input or fault. */
export class Dice {
  readonly random: RandomStream;

  /** Each number of a seed has a stream of its own, so that one input can be looked at alone. */
  constructor(seed: string, number: number) {
    this.random = randomStream(`${seed}/${number}`);
  }

  /** An integer from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** True with a probability. */
  happens(probability: number): boolean {
    return this.random() < probability;
  }
}
