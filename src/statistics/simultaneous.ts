import { SIGNIFICANCE } from "../results/comparison.ts";
import { isConstant, signPValue } from "./_difference_sample.ts";
import { type RotationMaxima, rotationMaxima } from "./_rotations.ts";
import { tCdf, tQuantile } from "./_student_t.ts";
import type { VerdictBasis } from "./_verdict.ts";
import { differenceInterval, type PairedSample } from "./compare_pair.ts";
import { standardErrorOf } from "./interval.ts";

/** Shares of the rotations below so many are too uncertain to count. */
const FEWEST_COUNTED = 50;
const JUST_BELOW = SIGNIFICANCE * (1 - 2 ** -50);

/**
 * What all comparisons of a sweep together say of one of them: the p-value is below 0.05 exactly where
 * the interval leaves out 0.
 */
export type SimultaneousResult = VerdictBasis;

/** How the probability of a wrong claim is divided. */
export interface SimultaneousOptions {
  /** As in `Question`. */
  readonly overlap: number;
  /** The number of comparisons that the level is for: those that are given, if not more. */
  readonly tests?: number;
  /** The probability that any of the intervals is wrong; 0.05 if not given. */
  readonly level?: number;
  /** True: allow for any dependence between cells, as if it were not known. */
  readonly isBonferroni?: boolean;
}

/**
 * Tests all differences from the baseline together, and gives intervals that cover all true
 * differences at once with a probability of 95%.
 *
 * The critical value is that of the largest |t| over the cells under rotations, the larger of the
 * two that `rotationMaxima()` gives. It is not below that of a single test and not above Bonferroni's,
 * as it would be with all rotations. A single comparison therefore has Nadeau and Bengio's t-test.
 * Cells whose pairs all differ by the same amount other than 0 have no t: they get their share of the
 * level for a sign test, by Bonferroni's inequality.
 *
 * Source: Langsrud, Rotation Tests (2005); Westfall and Young, Resampling-Based Multiple Testing
 * (1993), for the largest statistic; Phipson and Smyth, Permutation P-values Should Never Be Zero
 * (2010), for counting the observed one.
 *
 * @returns In the order given.
 */
export function simultaneous(
  samples: readonly PairedSample[],
  options: SimultaneousOptions,
): SimultaneousResult[] {
  const { overlap, tests = samples.length, level = SIGNIFICANCE } = options;
  const { cells, share, maxima, criticalValues } = familyOf(samples, options);
  const scale = SIGNIFICANCE / level;
  return samples.map((sample): SimultaneousResult => {
    if (isConstant(sample)) {
      const p = sample.mean === 0 ? 1 : signPValue(sample.n) * tests * scale;
      return { pAdjusted: Math.min(1, p) };
    }
    const { n, mean } = sample;
    const interval = differenceInterval(sample, {
      critical: criticalValues.get(n) ?? NaN,
      overlap,
    });
    const t = Math.abs(mean) / standardErrorOf(sample, overlap);
    const pAdjusted = Math.min(1, familyPValue(maxima, { n, cells, t }) / share * scale);
    // Rounding must not make the two disagree.
    const isOutside = interval.low > 0 || interval.high < 0;
    return {
      pAdjusted: isOutside ? Math.min(pAdjusted, JUST_BELOW) : Math.max(pAdjusted, SIGNIFICANCE),
      interval,
    };
  });
}

/** By number of pairs, how many standard errors the intervals of `simultaneous()` reach. */
export function simultaneousCriticalValues(
  samples: readonly PairedSample[],
  options: SimultaneousOptions,
): ReadonlyMap<number, number> {
  return familyOf(samples, options).criticalValues;
}

/** What is the same for all comparisons that are tested together. */
interface Family {
  /** How many have a t. */
  readonly cells: number;
  /** The share of the level that is left to these. */
  readonly share: number;
  readonly maxima: readonly RotationMaxima[];
  /** By number of pairs. */
  readonly criticalValues: ReadonlyMap<number, number>;
}

function familyOf(
  samples: readonly PairedSample[],
  { overlap, tests = samples.length, level = SIGNIFICANCE, isBonferroni = false }:
    SimultaneousOptions,
): Family {
  const varied = samples.filter((sample) => !isConstant(sample));
  const constants = samples.filter((sample) => isConstant(sample) && sample.mean !== 0);
  const share = isBonferroni ? varied.length / tests : (tests - constants.length) / tests;
  const maxima = isBonferroni || varied.length < 2 ? [] : rotationMaxima(varied, overlap);
  const criticalValues = new Map(
    [...new Set(varied.map(({ n }) => n))].map((n) => [
      n,
      criticalValue(maxima, { n, cells: varied.length, level: level * share }),
    ]),
  );
  return { cells: varied.length, share, maxima, criticalValues };
}

/** The probability that the largest |t| of so many cells is at least `t`. */
function familyPValue(
  maxima: readonly RotationMaxima[],
  { n, cells, t }: { readonly n: number; readonly cells: number; readonly t: number },
): number {
  const alone = 2 * tCdf(-t, n - 1);
  const counted = maxima.map((maxima) => {
    return Math.max(FEWEST_COUNTED, 1 + maxima.reached(t, n)) / (maxima.count + 1);
  });
  return Math.min(cells * alone, Math.max(alone, ...counted.length > 0 ? counted : [1]));
}

/** The t beyond which `familyPValue()` is below a level. */
function criticalValue(
  maxima: readonly RotationMaxima[],
  { n, cells, level }: { readonly n: number; readonly cells: number; readonly level: number },
): number {
  const alone = tQuantile(1 - level / 2, n - 1);
  const counted = maxima.map((maxima) => {
    const most = level * (maxima.count + 1);
    return most > FEWEST_COUNTED ? maxima.exceededBy(Math.ceil(most) - 1, n) : Infinity;
  });
  const bonferroni = tQuantile(1 - level / 2 / cells, n - 1);
  return Math.min(bonferroni, Math.max(alone, ...counted.length > 0 ? counted : [Infinity]));
}
