import { studentizedRangeCdf, studentizedRangeQuantile } from "./studentized_range.ts";

/** How many cells were ranked on how many tables. */
export interface RankedDesign {
  readonly cells: number;
  readonly tables: number;
}

/**
 * The critical difference: mean ranks of two cells that differ by at least this differ significantly,
 * whichever two of all they are.
 *
 *   CD = q_α √(k (k + 1) / (6 N)), q_α the studentized range's quantile of 1 − α, divided by √2
 *
 * Source: Nemenyi, Distribution-Free Multiple Comparisons (1963); Demšar, Statistical Comparisons of
 * Classifiers over Multiple Data Sets (2006), section 3.2.2.
 *
 * @param level α.
 */
export function criticalDifference(design: RankedDesign, level: number): number {
  return studentizedRangeQuantile(1 - level, design.cells) / Math.sqrt(2) * standardError(design);
}

/** The p-value of a difference between two mean ranks, adjusted for all pairs of cells. */
export function nemenyiPValue(difference: number, design: RankedDesign): number {
  const q = Math.abs(difference) / standardError(design) * Math.sqrt(2);
  return 1 - studentizedRangeCdf(q, design.cells);
}

/** Of a difference between two mean ranks. */
function standardError({ cells, tables }: RankedDesign): number {
  return Math.sqrt(cells * (cells + 1) / (6 * tables));
}
