import { isLargerBetter } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval, standardErrorOf } from "./_mean_interval.ts";
import { completedRuns, metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import { meanOf } from "./mean.ts";
import type { Question } from "./question.ts";
import { SIZE_OF_WEIGHTS, type Tied, tieOrder } from "./tie_order.ts";

/** The cells that a sweep recommends, by name. */
export interface Selection {
  /** The one with the best mean. */
  readonly best: string;
  /**
   * The one with the smallest weights among those within one standard error of the best; the best
   * itself if its weights have no size.
   */
  readonly simplest: string;
  /** All within one standard error of the best, the best included, smallest weights first. */
  readonly candidates: readonly string[];
  /** Those with better means over fewer runs, since others diverged or failed; best first. */
  readonly passedOver: readonly string[];
}

interface Candidate extends Tied {
  readonly metric: ReadonlyMap<string, number>;
  /** Of the metric; larger is better. */
  readonly score: number;
}

/**
 * Selects the cell with the best mean, and the simplest one that is hardly worse.
 *
 * A cell is within one standard error of the best if its mean deficit, paired by seed, is at most
 * the standard error of that mean. Only cells with the largest number of completed runs can be
 * selected: a mean over the remaining runs would flatter a cell that diverges. `tieOrder()` decides
 * between equals, and which cell is simplest.
 *
 * Source: Breiman et al., Classification and Regression Trees (1984), section 3.4.3, there unpaired.
 *
 * @returns Undefined if no run completed with a value of the metric.
 */
export function recommendCells(
  runs: readonly RunRow[],
  { metric, baseline, overlap }: Pick<Question, "metric" | "baseline" | "overlap">,
): Selection | undefined {
  const sign = isLargerBetter(metric) ? 1 : -1;
  const all = [...runsByCell(runs)].flatMap(([cell, rows]): Candidate[] => {
    const completed = completedRuns(rows);
    const values = metricByReplicate(completed, metric);
    if (values.size === 0) return [];
    const score = sign * meanOf([...values.values()]);
    const norms = completed.flatMap(({ measures }) => measures[SIZE_OF_WEIGHTS] ?? []);
    const weightNorm = norms.length > 0 ? meanOf(norms) : undefined;
    return [{ cell, metric: values, score, weightNorm }];
  });
  const most = all.reduce((most, { metric }) => Math.max(most, metric.size), 0);
  const eligible = all.filter((candidate) => candidate.metric.size === most);
  if (eligible.length === 0) return undefined;

  const bySimplicity = tieOrder(baseline);
  const byScore = (a: Candidate, b: Candidate) => b.score - a.score || bySimplicity(a, b);
  const [best] = eligible.toSorted(byScore);
  const candidates = eligible.filter((candidate) => isWithinOneError(candidate, best))
    .sort(bySimplicity);
  return {
    best: best.cell,
    // Where weights have no size, nothing says what is simple.
    simplest: best.weightNorm === undefined ? best.cell : candidates[0].cell,
    candidates: candidates.map(({ cell }) => cell),
    passedOver: all.filter((other) => other.metric.size < most && other.score > best.score)
      .sort(byScore).map(({ cell }) => cell),
  };

  function isWithinOneError(candidate: Candidate, best: Candidate): boolean {
    if (candidate === best) return true;
    const deficits: number[] = [];
    for (const [replicate, value] of best.metric) {
      const other = candidate.metric.get(replicate);
      if (other !== undefined) deficits.push(sign * (value - other));
    }
    const { mean = Infinity, sd = 0 } = meanInterval(deficits, overlap);
    return mean <= standardErrorOf({ n: deficits.length, sd }, overlap);
  }
}
