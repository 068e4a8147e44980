import type { RunShape, Shortcut } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { estimateSeconds } from "../estimate_time.ts";
import type { Survey } from "./survey_runs.ts";

/** A shortcut with the time that the missing runs would take with it. */
export interface TimedShortcut extends Shortcut {
  readonly seconds: number;
}

/** How the time of the missing runs is estimated. */
export interface Estimate {
  readonly secondsPerFlop: number;
  readonly workers: number;
  /** How many runs each of the samples stands for. */
  readonly each: number;
}

/** The first shortcut that a trainer knows for one of the missing runs, taken by all that it fits. */
export function findShortcut(
  { samples }: Pick<Survey, "samples">,
  { trainers, shape }: { readonly trainers: Trainers; readonly shape: RunShape },
  { secondsPerFlop, workers, each }: Estimate,
): TimedShortcut | undefined {
  let first: Shortcut | undefined;
  const shorter = samples.map(({ cell: { trainer, config }, flops }) => {
    const { shortcut, cost } = trainers.named(trainer);
    const found = shortcut?.(config, shape);
    if (!found || first && found.key !== first.key) return { flops };
    first ??= found;
    const { key, value } = found;
    return { flops: flops * cost({ ...config, [key]: value }, shape) / cost(config, shape) };
  });
  return first && { ...first, seconds: estimateSeconds(shorter, secondsPerFlop, workers, each) };
}
