import { normalCdf, normalPdf } from "./_distributions.ts";

/** Beyond, the density is below 10⁻¹⁷. */
const FARTHEST = 9;
/** The integrand is smooth and vanishes at both ends, so that the trapezoidal rule is exact to 13 digits. */
const STEP = 1 / 16;
/** Halvings until the ends of an interval differ in the last bits. */
const HALVINGS = 54;

/**
 * The probability that the range of `k` independent values of the normal distribution is at most `q`
 * standard deviations: the studentized range's distribution with infinite degrees of freedom.
 *
 *   P(q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k − 1) dz
 *
 * Only + − × ÷ and functions with bits of their own, so that every machine gets the same.
 *
 * Source: Tukey, The Problem of Multiple Comparisons (1953).
 */
export function studentizedRangeCdf(q: number, k: number): number {
  if (q <= 0) return 0;
  let sum = 0;
  for (let z = -FARTHEST; z <= FARTHEST; z += STEP) {
    sum += normalPdf(z) * power(normalCdf(z) - normalCdf(z - q), k - 1);
  }
  return Math.min(1, k * STEP * sum);
}

/** The q with `studentizedRangeCdf(q, k) = probability`. */
export function studentizedRangeQuantile(probability: number, k: number): number {
  let [low, high] = [0, 2 * FARTHEST];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (studentizedRangeCdf(middle, k) < probability) low = middle;
    else high = middle;
  }
  return high;
}

/** By squares: the engine's own power has other last bits elsewhere. */
function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
