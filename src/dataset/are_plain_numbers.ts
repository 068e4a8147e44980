import type { FeatureSource } from "./dataset.ts";

/** Whether all sources are numbers without gaps, so that a model's inputs are the columns as they are. */
export function arePlainNumbers(sources: readonly FeatureSource[]): boolean {
  return sources.every(({ kind, hasGaps }) => kind === "number" && !hasGaps);
}
