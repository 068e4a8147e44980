/** Cells that are comparable with each other, counted by two properties. */
export interface CellCounts {
  readonly cells: number;
  /** How many are among the best. */
  readonly best: number;
  /** How many have the setting in question. */
  readonly having: number;
  readonly bestHaving: number;
}

/** How a setting goes together with being among the best. */
export interface OddsTest {
  /** Two-sided. */
  readonly pValue: number;
  /**
   * The odds of being among the best with the setting, as a multiple of those without it. 0 or infinite
   * if the counts are as extreme as they can be.
   */
  readonly odds: number;
  /** The ends of a 95% interval of these odds. */
  readonly low: number;
  readonly high: number;
}

/** The probability beyond each end of an interval. */
const TAIL = 0.025;
/** Counts cannot show larger odds. */
const LARGEST_ODDS = 1e18;
/** Halvings of the range of odds, until its ends meet. */
const HALVINGS = 64;
/** Probabilities that differ by rounding alone are equal. */
const SLACK = 1 + 1e-7;

/**
 * Fisher's exact test within groups of cells, and the odds ratio that the groups have in common.
 *
 * Given how many cells of a group are among the best and how many have the setting, the number of those
 * that are both is hypergeometric if the two have nothing to do with each other. What is tested is the
 * sum over the groups: p is the probability of all sums that are at most as probable as the observed
 * one. An odds ratio ψ multiplies the probability of a sum s by ψˢ. The estimate is the ψ of which the
 * observed sum is the mean; at the ends of the interval, a sum as small, or as large, has 2.5%.
 *
 * Source: Fisher, The Logic of Inductive Inference (1935); Gart, Point and Interval Estimation of the
 * Common Odds Ratio in the Combination of 2 × 2 Tables with Fixed Marginals (1970).
 *
 * @returns Undefined if no group leaves more than one possibility, so that nothing is tested.
 */
export function exactOdds(groups: readonly CellCounts[]): OddsTest | undefined {
  let chances = Float64Array.of(1);
  let place = 0;
  for (const counts of groups) {
    chances = convolved(chances, hypergeometric(counts));
    place += counts.bestHaving - leastOf(counts);
  }
  if (chances.length < 2) return undefined;
  const middle = chances[place];
  const pValue = chances.reduce((sum, chance) => chance <= middle * SLACK ? sum + chance : sum, 0);
  const share = (own: number, other: number) => 1 / (1 + other / own);
  const sides = (odds: number) => sidesOf(chances, place, odds, () => 1);
  const distances = (odds: number) => sidesOf(chances, place, odds, (distance) => distance);
  const [isLeast, isMost] = [place === 0, place === chances.length - 1];
  return {
    pValue: Math.min(1, pValue),
    odds: isLeast ? 0 : isMost ? Infinity : leastOdds((odds) => {
      const { below, above } = distances(odds);
      return above > below;
    }),
    low: isLeast ? 0 : leastOdds((odds) => {
      const { below, above } = sides(odds);
      return share(middle + above, below) > TAIL;
    }),
    high: isMost ? Infinity : leastOdds((odds) => {
      const { below, above } = sides(odds);
      return share(middle + below, above) < TAIL;
    }),
  };
}

/** The fewest of the best that can have the setting. */
function leastOf({ cells, best, having }: CellCounts): number {
  return Math.max(0, best + having - cells);
}

/** The probabilities of how many of the best have the setting, from the fewest on. */
function hypergeometric(counts: CellCounts): Float64Array<ArrayBuffer> {
  const { cells, best, having } = counts;
  const least = leastOf(counts);
  const chances = new Float64Array(Math.min(best, having) - least + 1);
  // From the likeliest count on, to both sides, so that nothing overflows.
  const mode = Math.floor((best + 1) * (having + 1) / (cells + 2));
  const ratio = (count: number) =>
    (best - count) * (having - count) / ((count + 1) * (cells - best - having + count + 1));
  chances[mode - least] = 1;
  for (let count = mode; count < least + chances.length - 1; count++) {
    chances[count + 1 - least] = chances[count - least] * ratio(count);
  }
  for (let count = mode - 1; count >= least; count--) {
    chances[count - least] = chances[count + 1 - least] / ratio(count);
  }
  const sum = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / sum);
}

/** The probabilities of a sum, by those of its terms. */
function convolved(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const chances = new Float64Array(a.length + b.length - 1);
  for (const [i, chance] of a.entries()) {
    for (let j = 0; j < b.length; j++) chances[i + j] += chance * b[j];
  }
  return chances;
}

/** Sums of the chances on both sides of a place, multiplied by the odds and a weight for each step. */
function sidesOf(
  chances: Float64Array,
  place: number,
  odds: number,
  weightOf: (distance: number) => number,
): { readonly below: number; readonly above: number } {
  const sum = (step: 1 | -1) => {
    let [sum, power] = [0, 1];
    for (let at = place + step; at >= 0 && at < chances.length; at += step) {
      power *= step > 0 ? odds : 1 / odds;
      // 0 times infinity would be no number.
      if (chances[at] > 0) sum += chances[at] * power * weightOf(Math.abs(at - place));
    }
    return sum;
  };
  return { below: sum(-1), above: sum(1) };
}

/** The least odds from which on something holds. */
function leastOdds(holds: (odds: number) => boolean): number {
  let [low, high] = [1 / LARGEST_ODDS, LARGEST_ODDS];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = Math.sqrt(low * high);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
