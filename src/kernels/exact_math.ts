import {
  EXPONENTIAL,
  INVERSE_FACTORIALS,
  LOG2_E,
  powerOfTwo,
  referenceLog,
} from "./_reference_math.ts";

const { toInteger, ln2High, ln2Low, smallest, terms } = EXPONENTIAL.f64;

/**
 * e^x in float64 for x ≤ 0, as the kernels compute it: the same bits on every machine.
 *
 * It is `referenceMath("f64").expOfNegative` written out, which takes a third of the time.
 */
export function expOfNegative(x: number): number {
  if (x < smallest) return 0;
  const n = x * LOG2_E + toInteger - toInteger;
  const r = x - n * ln2High - n * ln2Low;
  let sum = INVERSE_FACTORIALS[terms];
  for (let k = terms - 1; k >= 2; k--) sum = sum * r + INVERSE_FACTORIALS[k];
  const power = powerOfTwo(n);
  return power * (sum * r * r + r) + power;
}

/** The natural logarithm of a positive normal number, as the kernels compute it. */
export const log = referenceLog;

export { powerOfTwo };

const HALF_PI = 1.5707963267948966;

/**
 * cos(x·π/2) in float64 for x from 0 to 1: the same bits on every machine.
 *
 * Method: Taylor's series, of the sine of the rest for x > ½, so that the angle is at most π/4.
 */
export function cosOfQuarter(x: number): number {
  const isRest = x > 0.5;
  const angle = (isRest ? 1 - x : x) * HALF_PI;
  const first = isRest ? 1 : 0;
  let sum = 1;
  for (let k = 18 + first; k > first; k -= 2) sum = 1 - angle * angle / (k * (k - 1)) * sum;
  return isRest ? angle * sum : sum;
}
