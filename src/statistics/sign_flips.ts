import { randomStream } from "../random_stream.ts";

/** For up to this many differences n, all 2ⁿ choices of signs are counted. */
const MOST_EXACT = 20;
const DRAWS = 100_000;
const SIGNS_PER_BYTE = 8;

/**
 * Sums closer together than this share of all absolute differences count as equal. Rounding makes
 * ties differ by about 1e-15; accuracies, which have ties, differ by whole rows.
 */
const TIE = 1e-9;

/**
 * Tests whether paired differences are symmetric about 0, as they are if the two runs of a pair
 * differ only by chance: counts the choices of signs whose sum is at least as far from 0.
 *
 * For more than 20 differences, it draws signs once and keeps them, so that all comparisons of a
 * sweep use the same signs.
 *
 * Source: Fisher, The Design of Experiments (1935), section 21; for draws, Phipson and Smyth,
 * Permutation P-values Should Never Be Zero (2010).
 */
export class SignFlips {
  /** For each group of eight differences, the signs of every draw, one bit each. */
  readonly #signs: Uint8Array[] = [];

  /** The two-sided p-value of one or more differences; the observed signs are counted, too. */
  pValue(differences: readonly number[]): number {
    const total = differences.reduce((sum, difference) => sum + difference, 0);
    const size = differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
    const extreme = Math.abs(total) - TIE * size;
    if (extreme <= 0) return 1;
    return differences.length <= MOST_EXACT
      ? exactShare(differences, extreme)
      : this.#drawnShare(differences, extreme);
  }

  #drawnShare(differences: readonly number[], extreme: number): number {
    const sums = new Float64Array(DRAWS);
    for (let first = 0; first < differences.length; first += SIGNS_PER_BYTE) {
      const sumOf = signedSums(differences.slice(first, first + SIGNS_PER_BYTE));
      const signs = this.#signs[first / SIGNS_PER_BYTE] ??= drawBytes(first / SIGNS_PER_BYTE);
      for (let draw = 0; draw < DRAWS; draw++) {
        sums[draw] += sumOf[signs[draw] & (sumOf.length - 1)];
      }
    }
    const count = sums.reduce((count, sum) => Math.abs(sum) >= extreme ? count + 1 : count, 0);
    return (count + 1) / (DRAWS + 1);
  }
}

function drawBytes(index: number): Uint8Array {
  const random = randomStream(`sign flips/${index}`);
  return Uint8Array.from({ length: DRAWS }, () => Math.floor(random() * 256));
}

/**
 * The share of all choices of signs whose sum is at least `extreme` (positive) from 0.
 *
 * Every sum is a sum of the first half plus a sum of the second half. If both are sorted, one pass
 * counts the pairs. By symmetry, as many sums are below −extreme as above extreme.
 */
function exactShare(differences: readonly number[], extreme: number): number {
  const half = differences.length >> 1;
  const low = signedSums(differences.slice(0, half)).sort();
  const high = signedSums(differences.slice(half)).sort();
  let count = 0;
  let first = high.length;
  for (const sum of low) {
    while (first > 0 && sum + high[first - 1] >= extreme) first--;
    count += high.length - first;
  }
  return 2 * count / (low.length * high.length);
}

/** The sums for all choices of signs: bit i of the index says whether term i is subtracted. */
function signedSums(terms: readonly number[]): Float64Array {
  const sums = new Float64Array(1 << terms.length);
  terms.forEach((term, bit) => {
    const half = 1 << bit;
    for (let index = 0; index < half; index++) {
      sums[index + half] = sums[index] - term;
      sums[index] += term;
    }
  });
  return sums;
}
