import { expOfNegative, log } from "../../../kernels/exact_math.ts";
import type { RandomStream } from "../../../random_stream.ts";

const LOG_4 = log(4);

/**
 * Draws from Beta(α, α), the same bits on every machine.
 *
 * Method: U^(1/α) and V^(1/α) of uniform U and V, whose sum is at most 1, and the first's share of
 * it, if α is at most 1; else Cheng's algorithm BA, in which at least a quarter of the draws are
 * accepted. Shares are computed from differences of logarithms: no power has to be representable.
 *
 * Source: Jöhnk, Erzeugung von betaverteilten und gammaverteilten Zufallszahlen (1964); Cheng,
 * Generating beta variates with nonintegral shape parameters (1978).
 *
 * @param alpha Greater than 0.
 */
export function drawBeta(alpha: number, random: RandomStream): number {
  while (true) {
    // In (0, 1].
    const u = 1 - random();
    const v = 1 - random();
    if (alpha <= 1) {
      const powers = expOfNegative(log(u) / alpha) + expOfNegative(log(v) / alpha);
      if (powers <= 1) return shareOf((log(u) - log(v)) / alpha);
    } else if (u < 1) {
      const logOdds = (log(u) - log(1 - u)) / Math.sqrt(alpha);
      const share = shareOf(logOdds);
      // e^logOdds is share/(1 − share).
      const density = 2 * alpha * log(2 * (1 - share)) + (alpha + Math.sqrt(alpha)) * logOdds;
      if (density - LOG_4 >= 2 * log(u) + log(v)) return share;
    }
  }
}

/** e^x/(1 + e^x). */
function shareOf(x: number): number {
  const power = expOfNegative(-Math.abs(x));
  return (x < 0 ? power : 1) / (1 + power);
}
