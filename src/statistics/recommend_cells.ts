import { isLargerBetter } from "../measures/metrics.ts";
import type { RunRow } from "../results/run_row.ts";
import { meanInterval } from "./_mean_interval.ts";
import { completedRuns, metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import { areMeansComparable } from "./are_means_comparable.ts";
import { standardErrorOf } from "./interval.ts";
import { meanOf } from "./mean.ts";
import type { Question } from "./question.ts";
import { SIZE_OF_WEIGHTS, type Tied, tieOrder } from "./tie_order.ts";

/** The cells that a sweep recommends, by name. */
export interface Selection {
  /** The one with the best mean; where cells have different seeds, see `recommendCells()`. */
  readonly best: string;
  /**
   * The one with the smallest weights among those within one standard error of the best; the best
   * itself if its weights have no size.
   */
  readonly simplest: string;
  /** All within one standard error of the best, the best included, smallest weights first. */
  readonly candidates: readonly string[];
  /** Those that would be better, but lost more runs, which diverged or failed; best first. */
  readonly passedOver: readonly string[];
}

interface Candidate extends Tied {
  readonly metric: ReadonlyMap<string, number>;
  /** Runs that diverged or failed, or have no value of the metric. */
  readonly lost: number;
  /** The metric's mean, or its mean difference from the baseline; larger is better. */
  readonly score: number;
}

/**
 * Selects the cell with the best mean, and the simplest one that is hardly worse.
 *
 * A cell is within one standard error of the best if its mean deficit, paired by seed, is at most
 * the standard error of that mean. Only cells that lost the fewest runs can be selected: a mean over
 * the remaining runs would flatter a cell that diverges. `tieOrder()` decides between equals, and
 * which cell is simplest.
 *
 * Where cells have different numbers of seeds, as they have if those that are decided get no more,
 * means would also differ by what the seeds make of them. The best cell is then the one with the best
 * mean difference from the baseline on its own seeds, which the baseline has all; the baseline's is 0.
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
  const cells = runsByCell(runs);
  const areMeans = areMeansComparable(runs, { metric, baseline });
  const reference = metricByReplicate(cells.get(baseline) ?? [], metric);
  const scoresOf = (values: ReadonlyMap<string, number>) =>
    areMeans
      ? [...values.values()]
      : Array.from(values, ([replicate, value]) => value - (reference.get(replicate) ?? NaN))
        .filter((difference) => !Number.isNaN(difference));
  const all = [...cells].flatMap(([cell, rows]): Candidate[] => {
    const completed = completedRuns(rows);
    const values = metricByReplicate(completed, metric);
    const scores = scoresOf(values);
    if (scores.length === 0) return [];
    const score = sign * meanOf(scores);
    const lost = rows.length - values.size;
    const norms = completed.flatMap(({ measures }) => measures[SIZE_OF_WEIGHTS] ?? []);
    const weightNorm = norms.length > 0 ? meanOf(norms) : undefined;
    return [{ cell, metric: values, lost, score, weightNorm }];
  });
  const fewest = all.reduce((fewest, { lost }) => Math.min(fewest, lost), Infinity);
  const eligible = all.filter(({ lost }) => lost === fewest);
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
    passedOver: all.filter((other) => other.lost > fewest && other.score > best.score)
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
