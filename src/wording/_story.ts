import type { Analysis } from "../statistics/analyze.ts";
import type { Comparison } from "../results/comparison.ts";

/** What finding and remarks are told from. */
export interface Story {
  readonly analysis: Analysis;
  /** The comparison that the finding tells of; absent where there is none. */
  readonly subject?: Comparison;
  /** What the best mean is. */
  readonly extreme: "highest" | "lowest";
  /** A cell in words. */
  readonly name: (cell: string) => string;
}
