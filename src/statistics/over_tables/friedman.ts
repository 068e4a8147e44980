import { chiSquareTail, fTail } from "./_distributions.ts";

/** What Friedman's test says of ranks. */
export interface FriedmanTest {
  /** Corrected for ties. */
  readonly chiSquare: number;
  /** Iman and Davenport's F; absent where all tables have the same ranks, which leaves it without a value. */
  readonly f?: number;
  /** The degrees of freedom of F; those of χ² are the first. */
  readonly df: readonly [number, number];
  /** Of F, or of χ² where there is no F. */
  readonly pValue: number;
}

/**
 * Friedman's test of whether all cells have the same mean rank, with Iman and Davenport's F, since χ²
 * rejects too rarely.
 *
 *   χ² = (12 / (N k (k + 1)) · Σ R_j² − 3 N (k + 1)) / (1 − Σ (t³ − t) / (N k (k² − 1)))
 *   F = (N − 1) χ² / (N (k − 1) − χ²), with k − 1 and (k − 1)(N − 1) degrees of freedom
 *
 * N tables, k cells, R_j the sum of a cell's ranks, t the number of cells that share a rank in a table.
 *
 * Source: Friedman, The Use of Ranks to Avoid the Assumption of Normality (1937); Iman and Davenport,
 * Approximations of the Critical Region of the Friedman Statistic (1980); Demšar, Statistical
 * Comparisons of Classifiers over Multiple Data Sets (2006), section 3.2.2.
 *
 * @param ranks Of each table, by cell, as `rankScores()` gives them.
 * @returns Undefined for fewer than two tables or cells, or if all cells are equal in every table.
 */
export function friedman(ranks: readonly (readonly number[])[]): FriedmanTest | undefined {
  const [tables, cells] = [ranks.length, ranks[0]?.length ?? 0];
  if (tables < 2 || cells < 2) return undefined;
  const sums = ranks[0].map((_, cell) => ranks.reduce((sum, table) => sum + table[cell], 0));
  const squares = sums.reduce((sum, rank) => sum + rank * rank, 0);
  const ties = ranks.reduce((sum, table) => sum + tieTerm(table), 0);
  const correction = 1 - ties / (tables * cells * (cells * cells - 1));
  if (correction === 0) return undefined;
  const uncorrected = 12 / (tables * cells * (cells + 1)) * squares - 3 * tables * (cells + 1);
  const most = tables * (cells - 1);
  const chiSquare = Math.min(most, Math.max(0, uncorrected / correction));
  const df = [cells - 1, (cells - 1) * (tables - 1)] as const;
  // What rounding leaves of 0 would make an F of 10¹⁵.
  if (most - chiSquare < most * 1e-12) {
    return { chiSquare, df, pValue: chiSquareTail(chiSquare, df[0]) };
  }
  const f = (tables - 1) * chiSquare / (most - chiSquare);
  return { chiSquare, f, df, pValue: fTail(f, ...df) };
}

/** Σ (t³ − t) over the ranks that cells share. */
function tieTerm(ranks: readonly number[]): number {
  return Map.groupBy(ranks, (rank) => rank).values()
    .reduce((sum, { length: t }) => sum + (t * t * t - t), 0);
}
