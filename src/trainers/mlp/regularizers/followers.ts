import type { Kernels } from "../../../kernels/kernels.ts";
import { bytesAt, copyBytes, type KeptBytes } from "../../kept_bytes.ts";
import type { Arena } from "../arena.ts";
import type { MlpConfig } from "../mlp_config.ts";
import type { ParameterBlock } from "../parameter_block.ts";
import type { CreateFollower, Follower } from "./follower.ts";
import { lookahead } from "./lookahead.ts";
import { weightAveraging } from "./weight_averaging.ts";

/** Every follower, by what states call it; each follows the one before it. */
const FOLLOWERS: Readonly<Record<string, CreateFollower>> = {
  lookahead,
  average: weightAveraging,
};

interface ReservedFollower extends Follower {
  readonly name: string;
  /** Where its parameters are, block by block. */
  readonly values: readonly number[];
}

/** All of a run's followers. What they do depends on the number of updates, and on nothing else. */
export class Followers {
  readonly #kernels: Kernels;
  readonly #blocks: readonly ParameterBlock[];
  readonly #followers: readonly ReservedFollower[];

  /** @param blocks All parameters, biases too. */
  constructor(
    kernels: Kernels,
    arena: Arena,
    config: MlpConfig,
    blocks: readonly ParameterBlock[],
  ) {
    this.#kernels = kernels;
    this.#blocks = blocks;
    this.#followers = Object.entries(FOLLOWERS).flatMap(([name, create]) => {
      const follower = create(config);
      if (!follower) return [];
      return { ...follower, name, values: blocks.map(({ bytes }) => arena.region(bytes)) };
    });
  }

  /** To be called before the first update, and after each one, with the number of updates so far. */
  follow(updates: number): void {
    const kernels = this.#kernels;
    let followed: readonly number[] = this.#blocks.map(({ values }) => values);
    for (const { from, shareAfter, leads, values } of this.#followers) {
      if (updates < from) continue;
      const share = updates === from ? 1 : shareAfter(updates);
      this.#blocks.forEach((block, n) => {
        if (updates === from) copyBytes(kernels, followed[n], values[n], block.bytes);
        else if (share > 0) kernels.moveTowards(followed[n], values[n], block.bytes, share);
        if (share > 0 && leads) copyBytes(kernels, values[n], block.values, block.bytes);
      });
      followed = values;
    }
  }

  /** To be called after weights were pruned: sets them to 0 in all followers, too. */
  prune(): void {
    const words = (offset: number, bytes: number) =>
      new Uint32Array(this.#kernels.memory.buffer, offset, bytes / 4);
    for (const { values } of this.#followers) {
      this.#blocks.forEach(({ kind, mask, bytes }, n) => {
        if (kind !== "weights") return;
        const kept = words(mask, bytes);
        words(values[n], bytes).forEach((word, at, all) => all[at] = word & kept[at]);
      });
    }
  }

  /**
   * Exchanges the trained parameters and those that evaluations and results are of after some updates.
   * Calling it again undoes it.
   *
   * @returns False if they are the same.
   */
  exchange(updates: number): boolean {
    const last = this.#begun(updates).at(-1);
    if (!last) return false;
    this.#blocks.forEach(({ values, bytes }, n) => {
      const [trained, own] = [values, last.values[n]].map((at) =>
        bytesAt(this.#kernels, at, bytes)
      );
      const copy = trained.slice();
      trained.set(own);
      own.set(copy);
    });
    return true;
  }

  /** What lives on to a step, which is the number of updates before it. */
  kept(step: number): KeptBytes[] {
    return this.#begun(step).flatMap(({ name, values }) =>
      values.map((at, n) => {
        return { name: `${name}${n}`, bytes: bytesAt(this.#kernels, at, this.#blocks[n].bytes) };
      })
    );
  }

  /** Those that have parameters of their own before anything that a step does. */
  #begun(step: number): ReservedFollower[] {
    return this.#followers.filter(({ from }) => step > 0 && step >= from);
  }
}
