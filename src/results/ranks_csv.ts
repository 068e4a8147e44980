import type { Verdict } from "./comparison.ts";
import { formatTable, type TableShape } from "./csv_table.ts";

/** One line of ranks.csv: a cell over several datasets. */
export interface RankRow {
  readonly cell: string;
  /** 1 is the best. */
  readonly meanRank: number;
  /** On how many tables its mean is better than the baseline's, the same or worse; absent of the baseline. */
  readonly wins?: number;
  readonly ties?: number;
  readonly losses?: number;
  /** On how many tables its verdict is better, or worse. */
  readonly better?: number;
  readonly worse?: number;
  /** Of Wilcoxon's signed-rank test, alone and after Holm's correction; absent if nothing differs. */
  readonly pValue?: number;
  readonly pHolm?: number;
  /** Of its mean rank's difference from the baseline's, by Nemenyi's test. */
  readonly pNemenyi?: number;
  /** What `pHolm` shows. */
  readonly verdict?: Verdict;
  /** By table, in their order. */
  readonly ranks: readonly number[];
}

const BEFORE = [
  ...["cell", "mean_rank", "wins", "ties", "losses", "better", "worse"],
  ...["p_value", "p_holm", "p_nemenyi", "verdict"],
];

/**
 * Writes the text of ranks.csv: a line per cell, in the given order.
 *
 * @param datasets Their names: each has a column of ranks.
 */
export function ranksCsv(rows: readonly RankRow[], datasets: readonly string[]): string {
  const shape: TableShape = {
    file: "ranks.csv",
    before: [...BEFORE, ...datasets.map((name) => `rank_${name}`)],
    after: [],
  };
  return formatTable(
    shape,
    {},
    rows.map((row) => [
      ...[row.cell, row.meanRank, row.wins, row.ties, row.losses, row.better, row.worse],
      ...[row.pValue, row.pHolm, row.pNemenyi, row.verdict, ...row.ranks],
    ]),
  );
}
