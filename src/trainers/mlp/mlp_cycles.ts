import type { MlpConfig } from "./mlp_config.ts";

/** A cycle of restarts, in updates after warm-up. */
interface Cycle {
  /** From 0. */
  readonly number: number;
  readonly begin: number;
  readonly length: number;
}

/** The cycle that update `t` after warm-up is in. */
export function cycleOf(
  { schedulePeriod, cycleFactor }: Pick<MlpConfig, "schedulePeriod" | "cycleFactor">,
  t: number,
): Cycle {
  if (cycleFactor === 1) {
    const number = Math.floor(t / schedulePeriod);
    return { number, begin: t - t % schedulePeriod, length: schedulePeriod };
  }
  let [number, begin, length] = [0, 0, schedulePeriod];
  while (t >= begin + length) {
    number++;
    begin += length;
    length *= cycleFactor;
  }
  return { number, begin, length };
}

/** How many cycles of restarts have ended before step `step`, the one that ends there left out. */
export function cyclesBefore(
  config: Pick<MlpConfig, "schedule" | "warmUp" | "schedulePeriod" | "cycleFactor">,
  step: number,
): number {
  const t = step - 1 - config.warmUp;
  return config.schedule === "restarts" && t >= 0 ? cycleOf(config, t).number : 0;
}

/** How many models' predictions are averaged at most: one without snapshots. */
export function mostMembers({ snapshots }: Pick<MlpConfig, "snapshots">): number {
  return snapshots === Infinity ? 1 : snapshots;
}
