import type { RunRow } from "../results/run_row.ts";
import { type MeanInterval, meanInterval } from "./_mean_interval.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import { type PairedSample, pairRuns } from "./compare_pair.ts";
import type { Question } from "./question.ts";

/** The paired differences of a cell from the baseline. */
export interface PairedCell {
  readonly cell: string;
  /** Of the pairs of which both runs completed, in the order of the seeds and folds. */
  readonly differences: readonly number[];
  readonly interval: MeanInterval;
  /** Absent for fewer than two pairs. */
  readonly sample?: PairedSample;
}

/** Pairs every other cell with the baseline, in the order in which the cells first appear. */
export function pairedCells(
  runs: readonly RunRow[],
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
): PairedCell[] {
  const cells = runsByCell(runs);
  const reference = metricByReplicate(cells.get(baseline) ?? [], metric);
  return [...cells].filter(([cell]) => cell !== baseline).map(([cell, rows]) => {
    const pairs = pairRuns(metricByReplicate(rows, metric), reference);
    const differences = [...pairs.differences.values()];
    const interval = meanInterval(differences, overlap);
    return { cell, differences, interval, ...pairs.sample && { sample: pairs.sample } };
  });
}
