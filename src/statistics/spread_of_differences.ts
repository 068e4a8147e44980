import type { Comparison } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import type { DifferenceSample } from "./_difference_sample.ts";
import { sampleOf } from "./_difference_tests.ts";
import { pairedCells } from "./_paired_samples.ts";
import type { Question } from "./question.ts";

/** How much a cell's differences from the baseline vary from run to run. */
export interface Spread {
  /** Standard deviation of the median cell. */
  readonly sd: number;
  /** Number of cells. */
  readonly cells: number;
}

/** The spread that comparisons show; undefined if no cell's differences vary. */
export function spreadOfComparisons(
  comparisons: readonly Comparison[],
  { overlap }: Pick<Question, "overlap">,
): Spread | undefined {
  return spreadOf(comparisons.map((comparison) => sampleOf(comparison, overlap)));
}

/** The spread that some of a sweep's runs show. */
export function spreadOfRuns(
  runs: readonly RunRow[],
  question: Pick<Question, "metric" | "baseline">,
): Spread | undefined {
  return spreadOf(pairedCells(runs, { ...question, overlap: 0 }).map(({ sample }) => sample));
}

function spreadOf(
  samples: readonly (Pick<DifferenceSample, "sd"> | undefined)[],
): Spread | undefined {
  const deviations = samples.flatMap((sample) => sample && sample.sd > 0 ? sample.sd : [])
    .sort((a, b) => a - b);
  if (deviations.length === 0) return undefined;
  return { sd: deviations[deviations.length >> 1], cells: deviations.length };
}
