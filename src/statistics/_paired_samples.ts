import { replicateName } from "../experiment/replicates.ts";
import type { RunRow } from "../results/run_row.ts";
import { type MeanInterval, meanInterval } from "./_mean_interval.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import type { Question } from "./question.ts";
import type { PairedSample } from "./simultaneous.ts";

/** The paired differences of a cell from the baseline. */
export interface PairedCell {
  readonly cell: string;
  /** Of the pairs of which both runs completed, in the order of the seeds and folds. */
  readonly differences: readonly number[];
  readonly interval: MeanInterval;
  /** Absent for fewer than two pairs. */
  readonly sample?: PairedSample;
}

/**
 * Pairs every other cell with the baseline, in the order in which the cells first appear.
 *
 * Runs are paired by seed and fold: the two runs of a pair share split, initial weights and batches, so
 * that the effect of these cancels out. A pair that did not complete is left out.
 */
export function pairedCells(
  runs: readonly RunRow[],
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
): PairedCell[] {
  const cells = runsByCell(runs);
  const reference = metricByReplicate(cells.get(baseline) ?? [], metric);
  const places = new Map([...reference.keys()].map((replicate, place) => [replicate, place]));
  return [...cells].filter(([cell]) => cell !== baseline).map(([cell, rows]) => {
    const values = new Float64Array(reference.size).fill(NaN);
    const own = metricByReplicate(rows, metric);
    for (const row of rows) {
      const replicate = replicateName(row);
      const place = places.get(replicate);
      const value = own.get(replicate);
      if (place === undefined || value === undefined) continue;
      values[place] = value - (reference.get(replicate) ?? NaN);
    }
    const differences = Array.from(values).filter((value) => !Number.isNaN(value));
    const interval = meanInterval(differences, overlap);
    const { mean, sd } = interval;
    if (mean === undefined || sd === undefined) return { cell, differences, interval };
    return { cell, differences, interval, sample: { values, n: differences.length, mean, sd } };
  });
}
