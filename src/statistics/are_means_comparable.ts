import type { RunRow } from "../results/run_row.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import type { Question } from "./question.ts";

/**
 * True if cells can be ranked by their means: all have as many runs, or the baseline has none that
 * completed. Otherwise means also differ by what the seeds make of them, and cells are ranked by their
 * mean differences from the baseline, which has the seeds of all.
 */
export function areMeansComparable(
  runs: readonly RunRow[],
  { metric, baseline }: Pick<Question, "metric" | "baseline">,
): boolean {
  const cells = runsByCell(runs);
  return new Set(Array.from(cells.values(), ({ length }) => length)).size < 2 ||
    metricByReplicate(cells.get(baseline) ?? [], metric).size === 0;
}
