import { isLargerBetter } from "../measures/metrics.ts";
import { SIGNIFICANCE } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import { tQuantile } from "./_student_t.ts";
import type { Analysis } from "./analyze.ts";
import type { PairTable } from "./compare_any.ts";
import {
  type ComparedCell,
  type PairCriteria,
  type PairedSample,
  type PairLook,
  pairRuns,
} from "./compare_pair.ts";
import { levelsOf } from "./looks.ts";
import type { Question } from "./question.ts";
import { sameRuns } from "./same_runs.ts";
import { simultaneousCriticalValues } from "./simultaneous.ts";

/** With more differences in all pairs, rotations would take longer than the rest of a report. */
const MOST_DIFFERENCES = 10_000;

/** The parts of a question that comparisons of any two cells depend on. */
export type PairQuestion = Pick<
  Question,
  "metric" | "baseline" | "equivalence" | "overlap" | "folds" | "looks"
>;

/** The runs of each cell, for comparisons of any two; cells in order of first appearance. */
export function comparedCells(
  runs: readonly RunRow[],
  { metric }: Pick<Question, "metric">,
): Map<string, ComparedCell> {
  return new Map(
    [...runsByCell(runs)].map(([cell, rows]) => [
      cell,
      { runs: rows.length, values: metricByReplicate(rows, metric) },
    ]),
  );
}

/**
 * What `comparePair()` decides on any two cells by: whichever pairs a reader picks after seeing the
 * results, the intervals of all pairs cover the true differences with a probability of 95%.
 *
 * The critical values are those of `simultaneous()` over all pairs of cells, or Bonferroni's of a sweep
 * with many cells. If a sweep looks at its results, what it found decides how many runs a pair has: a
 * pair then has the part of the 5% that the look with so many runs spends, divided by Bonferroni.
 * Cells that are the same run count once.
 */
export function pairCriteria(runs: readonly RunRow[], question: PairQuestion): PairCriteria {
  const { equivalence, overlap, looks, folds = 1, metric } = question;
  const repeats = sameRuns(runs, question);
  const cells = [...comparedCells(runs, question)].flatMap(([name, cell]) =>
    repeats.has(name) || cell.values.size < 2 ? [] : [cell]
  );
  const pairs = cells.length * (cells.length - 1) / 2;
  const most = Math.max(0, ...cells.map(({ runs }) => runs));
  const criteria = { largerIsBetter: isLargerBetter(metric), equivalence, overlap, pairs };
  if (pairs === 0) return { ...criteria, looks: [] };
  if (looks) {
    const levels = levelsOf(looks);
    return {
      ...criteria,
      looks: looks.map((seeds, look) =>
        bonferroniLook({ pairs, runs: seeds * folds, level: levels[look], fewest: 2 })
      ),
    };
  }
  if (pairs * most > MOST_DIFFERENCES) {
    const lost = cells.map(({ values }) => most - values.size).sort((a, b) => b - a);
    const fewest = Math.max(2, most - lost[0] - lost[1]);
    return {
      ...criteria,
      looks: [bonferroniLook({ pairs, runs: most, level: SIGNIFICANCE, fewest })],
    };
  }
  const critical = simultaneousCriticalValues(samplesOf(cells), { overlap, tests: pairs });
  return {
    ...criteria,
    looks: [{ runs: most, level: SIGNIFICANCE, critical: Object.fromEntries(critical) }],
  };
}

/** All pairs of which two or more runs completed in both cells; their values have the same places. */
function samplesOf(cells: readonly ComparedCell[]): PairedSample[] {
  const replicates = [...new Set(cells.flatMap(({ values }) => [...values.keys()]))];
  return cells.flatMap(({ values }, index) =>
    cells.slice(index + 1).flatMap((other) =>
      pairRuns(values, other.values, replicates).sample ?? []
    )
  );
}

/** Critical values that hold whatever the dependence between pairs is, from `fewest` pairs on. */
function bonferroniLook(
  { pairs, runs, level, fewest }: {
    readonly pairs: number;
    readonly runs: number;
    readonly level: number;
    readonly fewest: number;
  },
): PairLook {
  const critical: Record<number, number> = {};
  for (let n = fewest; n <= runs; n++) critical[n] = tQuantile(1 - level / 2 / pairs, n - 1);
  return { runs, level, critical };
}

/** All that it takes to compare any two cells of a sweep that was analyzed. */
export function pairTable(
  runs: readonly RunRow[],
  { question, comparisons, repeats }: Pick<Analysis, "question" | "comparisons" | "repeats">,
): PairTable {
  return {
    cells: comparedCells(runs, question),
    criteria: pairCriteria(runs, question),
    baseline: question.baseline,
    planned: new Map(comparisons.map((comparison) => {
      const { cell, verdict, ciLowSimultaneous: low, ciHighSimultaneous: high } = comparison;
      const interval = low === undefined || high === undefined ? undefined : { low, high };
      return [cell, { verdict, ...interval && { interval } }];
    })),
    repeats,
  };
}
