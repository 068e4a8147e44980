import { powerOfTwo } from "../../kernels/exact_math.ts";
import { SIGNIFICANCE, type Verdict } from "../../results/comparison.ts";
import { holm } from "../holm.ts";
import { meanOf } from "../mean.ts";
import { friedman, type FriedmanTest } from "./friedman.ts";
import { criticalDifference, nemenyiPValue } from "./nemenyi.ts";
import { rankScores } from "./rank_scores.ts";
import { signedRanks } from "./signed_ranks.ts";

/** Digits to which means are compared: the order of sums must not make two of them differ. */
const DIGITS = 12;
/** Digits of a difference of two such means. */
const DIFFERENCE_DIGITS = 9;

/** What one table says of a cell. */
export interface TableScore {
  /** The mean of the metric; absent if no run completed. */
  readonly mean?: number;
  /** Against the baseline on this table; absent of the baseline. */
  readonly verdict?: Verdict;
}

/** A table's cells, by name; all that are compared are in it. */
export interface ScoredTable {
  readonly name: string;
  readonly scores: ReadonlyMap<string, TableScore>;
}

/** How the tables compare a cell with the baseline. */
export interface BaselineOverTables {
  /** On how many tables its mean is better, the same or worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** On how many tables its verdict is better, or worse. */
  readonly better: number;
  readonly worse: number;
  /** Of Wilcoxon's signed-rank test of the differences; absent if no difference is other than 0. */
  readonly pValue?: number;
  /** The same after Holm's correction for all cells. */
  readonly pHolm?: number;
  /** Of the difference between the mean ranks, by Nemenyi's test. */
  readonly pNemenyi: number;
  /** What `pHolm` shows: better, worse or undecided. */
  readonly verdict: Exclude<Verdict, "equivalent">;
}

/** A cell over all tables. */
export interface CellOverTables {
  readonly cell: string;
  /** 1 is the best. */
  readonly meanRank: number;
  /** By table, in their order. */
  readonly ranks: readonly number[];
  /** Absent of the baseline. */
  readonly compared?: BaselineOverTables;
}

/** What several tables together say of cells. */
export interface OverTables {
  /** The best mean rank first; equal ones in the order given. */
  readonly cells: readonly CellOverTables[];
  /** Absent where it says nothing. */
  readonly friedman?: FriedmanTest;
  /** How far apart mean ranks have to be, by Nemenyi's test. */
  readonly criticalDifference: number;
}

/** What is asked. */
export interface TablesQuestion {
  readonly baseline: string;
  readonly largerIsBetter: boolean;
}

/**
 * Compares cells over several tables, each of which counts as one observation: how much better a cell
 * is may differ from table to table, and the scales of tables need not be the same.
 *
 * All cells are compared by their mean ranks (Friedman, Nemenyi), and each with the baseline by its
 * differences (Wilcoxon, corrected by Holm). A cell without a mean on a table has the last rank there,
 * and its difference counts as larger than all others.
 *
 * Source: Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets (2006); that the
 * baseline's comparisons do not depend on the other cells, as mean ranks do: Benavoli, Corani and
 * Mangili, Should We Really Use Post-Hoc Tests Based on Mean-Ranks? (2016).
 *
 * @param cells Their names; two or more, the baseline among them.
 * @param tables One or more.
 */
export function compareOverTables(
  cells: readonly string[],
  tables: readonly ScoredTable[],
  { baseline, largerIsBetter }: TablesQuestion,
): OverTables {
  const means = tables.map(({ scores }) => cells.map((cell) => comparable(scores.get(cell)?.mean)));
  const ranks = means.map((scores) => rankScores(scores, { largerIsBetter }));
  const design = { cells: cells.length, tables: tables.length };
  const place = cells.indexOf(baseline);
  const meanRanks = cells.map((_, cell) => meanOf(ranks.map((table) => table[cell])));
  const tested = cells.map((_, cell) => {
    if (cell === place) return undefined;
    const gains = means.map((scores) => gainOf(scores[cell], scores[place], { largerIsBetter }));
    return { gains, test: signedRanks(gains) };
  });
  const pValues = tested.flatMap((one) => one?.test?.pValue ?? []);
  const adjusted = holm(pValues).values();
  const all = cells.map((cell, index): CellOverTables => {
    const own = { cell, meanRank: meanRanks[index], ranks: ranks.map((table) => table[index]) };
    const one = tested[index];
    if (!one) return own;
    const { gains, test } = one;
    const pHolm = test && adjusted.next().value;
    const count = (isCounted: (gain: number) => boolean) => gains.filter(isCounted).length;
    const verdicts = tables.map(({ scores }) => scores.get(cell)?.verdict);
    const isDecided = test && pHolm !== undefined && pHolm < SIGNIFICANCE;
    return {
      ...own,
      compared: {
        wins: count((gain) => gain > 0),
        ties: count((gain) => gain === 0),
        losses: count((gain) => gain < 0),
        better: verdicts.filter((verdict) => verdict === "better").length,
        worse: verdicts.filter((verdict) => verdict === "worse").length,
        ...test && { pValue: test.pValue, pHolm },
        pNemenyi: nemenyiPValue(meanRanks[index] - meanRanks[place], design),
        verdict: !isDecided ? "undecided" : test.positive > test.negative ? "better" : "worse",
      },
    };
  });
  const test = friedman(ranks);
  return {
    cells: all.sort((a, b) => a.meanRank - b.meanRank),
    ...test && { friedman: test },
    criticalDifference: criticalDifference(design, SIGNIFICANCE),
  };
}

/** The smallest p-value that Wilcoxon's test can have on so many tables. */
export function smallestPValue(tables: number): number {
  return Math.min(1, 2 * powerOfTwo(-tables));
}

function comparable(mean: number | undefined): number {
  return mean !== undefined && Number.isFinite(mean) ? Number(mean.toPrecision(DIGITS)) : NaN;
}

/** How much better a mean is than another; infinite if one of them is missing. */
function gainOf(
  own: number,
  other: number,
  { largerIsBetter }: { largerIsBetter: boolean },
): number {
  if (Number.isNaN(own)) return Number.isNaN(other) ? 0 : -Infinity;
  if (Number.isNaN(other)) return Infinity;
  const gain = largerIsBetter ? own - other : other - own;
  return Number(gain.toPrecision(DIFFERENCE_DIGITS));
}
