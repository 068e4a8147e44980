import type { RunRow } from "../results/run_row.ts";
import { type MeanInterval, meanInterval } from "./_mean_interval.ts";
import { metricByReplicate, runsByCell } from "./_runs_by_cell.ts";
import type { Question } from "./question.ts";
import { recommendCells } from "./recommend_cells.ts";

/** Choices on fewer seeds say little of one on all. */
const FEWEST_SEEDS = 3;
/** Lines of runs that are read at most, over all choices. */
const MOST_LINES = 1_000_000;

/** The mean of cells on seeds that took no part in choosing them. */
export interface NestedSelection extends MeanInterval {
  /** How many different cells were chosen. */
  readonly chosen: number;
}

/**
 * Estimates what a chosen cell reaches, without what the choice adds: for each seed, the best cell of
 * all other seeds is chosen as `recommendCells()` does, and measured on this one. The best of many means
 * is too good on average, because chance took part in choosing it.
 *
 * It corrects for what differs from seed to seed. Where all seeds share their validation rows, what a
 * cell owes to these is not corrected; nor is what halving or a search chose before, on all seeds.
 *
 * Source: Varma and Simon, Bias in error estimation when using cross-validation for model selection
 * (2006), with seeds in place of the outer folds.
 *
 * @returns Undefined for fewer than three seeds, for more runs than can be chosen from again and again,
 * and if a chosen cell has no result on the seed that was left out.
 */
export function nestedSelection(
  runs: readonly RunRow[],
  question: Pick<Question, "metric" | "baseline" | "overlap">,
): NestedSelection | undefined {
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  if (seeds.length < FEWEST_SEEDS || seeds.length * runs.length > MOST_LINES) return undefined;
  const cells = runsByCell(runs);
  const values: number[] = [];
  const chosen = new Set<string>();
  for (const seed of seeds) {
    const best = recommendCells(runs.filter((run) => run.seed !== seed), question)?.best;
    if (best === undefined) return undefined;
    const own = (cells.get(best) ?? []).filter((run) => run.seed === seed);
    const measured = metricByReplicate(own, question.metric);
    // Without its worst choices, the mean would flatter again.
    if (own.length === 0 || measured.size < own.length) return undefined;
    chosen.add(best);
    values.push(...measured.values());
  }
  return { ...meanInterval(values, question.overlap), chosen: chosen.size };
}
