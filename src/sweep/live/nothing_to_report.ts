import type { Experiment } from "../../experiment/experiment.ts";

/** Why there is nothing to report before anything that can be compared has ended. */
export function nothingToReport({ halving, looks, search }: Experiment): string {
  const what = search && (halving || looks) ? "batch" : halving ? "rung" : looks ? "look" : "run";
  return `no ${what} has ended, so there is nothing to report`;
}
