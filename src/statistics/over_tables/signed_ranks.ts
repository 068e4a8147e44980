import { powerOfTwo } from "../../kernels/exact_math.ts";
import { normalCdf } from "./_distributions.ts";
import { rankScores } from "./rank_scores.ts";

/** With more differences, the normal distribution is as good; counts of signs stay exact up to here. */
const MOST_EXACT = 50;

/** What Wilcoxon's signed-rank test says of paired differences. */
export interface SignedRankTest {
  /** The sums of the ranks of positive and of negative differences. */
  readonly positive: number;
  readonly negative: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * Wilcoxon's signed-rank test of whether differences are symmetric about 0.
 *
 * Differences are ranked by size, equal sizes share the mean of their ranks, and zeros are ranked with
 * the others, but then left out (Pratt). Demšar splits the ranks of zeros evenly between both sums: that
 * adds the same to both, so p is the same. Up to 50 differences that are not 0, p counts all ways to
 * give these ranks signs; beyond, it is from the normal distribution, without continuity correction.
 *
 * Source: Wilcoxon, Individual Comparisons by Ranking Methods (1945); Pratt, Remarks on Zeros and Ties
 * in the Wilcoxon Signed Rank Procedures (1959); Demšar, Statistical Comparisons of Classifiers over
 * Multiple Data Sets (2006), section 3.1.3.
 *
 * @returns Undefined if no difference is other than 0.
 */
export function signedRanks(differences: readonly number[]): SignedRankTest | undefined {
  const ranks = rankScores(differences.map(Math.abs), { largerIsBetter: false });
  const sumOf = (isCounted: (difference: number) => boolean) =>
    ranks.reduce((sum, rank, index) => isCounted(differences[index]) ? sum + rank : sum, 0);
  const positive = sumOf((difference) => difference > 0);
  const negative = sumOf((difference) => difference < 0);
  const signed = ranks.filter((_, index) => differences[index] !== 0);
  if (signed.length === 0) return undefined;
  const least = Math.min(positive, negative);
  const tail = signed.length <= MOST_EXACT ? exactTail(signed, least) : normalTail(signed, least);
  return { positive, negative, pValue: Math.min(1, 2 * tail) };
}

/** The probability that ranks with a positive sign add up to at most `least`, if signs are drawn. */
function exactTail(ranks: readonly number[], least: number): number {
  // Ranks of ties are halves.
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const most = Math.round(2 * least);
  /** How many ways of signs have each doubled sum. */
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  for (const rank of doubled) {
    for (let sum = most; sum >= rank; sum--) ways[sum] += ways[sum - rank];
  }
  return ways.reduce((total, count) => total + count, 0) * powerOfTwo(-ranks.length);
}

function normalTail(ranks: readonly number[], least: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return normalCdf((least - mean) / Math.sqrt(variance));
}
