import type { FeatureSource } from "./dataset.ts";

/** Whether a table has missing cells in columns that models learn from. */
export function hasGaps(sources: readonly Pick<FeatureSource, "hasGaps">[]): boolean {
  return sources.some((source) => source.hasGaps);
}
