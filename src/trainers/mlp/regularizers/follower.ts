import type { MlpConfig } from "../mlp_config.ts";

/**
 * Parameters that follow the trained ones, and that evaluations and the result are of once they have
 * begun. Of several followers, each follows the one before it.
 */
export interface Follower {
  /** After so many updates, it begins as a copy of what it follows. */
  readonly from: number;
  /** The share of the way to what it follows that it moves after an update; 0 if it stays. */
  shareAfter(updates: number): number;
  /** True: whenever it has moved, training goes on from it. */
  readonly leads?: true;
}

/** Makes a run's follower; undefined if the config turns it off. */
export type CreateFollower = (config: MlpConfig) => Follower | undefined;
