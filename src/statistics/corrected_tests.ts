import type { Comparison } from "../results/comparison.ts";

/**
 * The comparisons that the correction for many comparisons counts: those with a test, but of cells
 * that are the same run only one, and none that is the same run as the baseline.
 *
 * @param repeats Cells that are the same run as another: see `sameRuns()`.
 */
export function correctedTests<Tested extends Pick<Comparison, "cell" | "pValue">>(
  comparisons: readonly Tested[],
  repeats: ReadonlyMap<string, string>,
): (Tested & { readonly pValue: number })[] {
  return comparisons.filter((comparison): comparison is Tested & { readonly pValue: number } =>
    comparison.pValue !== undefined && !repeats.has(comparison.cell)
  );
}
