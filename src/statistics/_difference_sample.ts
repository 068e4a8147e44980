/** If the spread relative to the mean is below this, differences differ only by rounding. */
const ROUNDING = 1e-9;
/** The level of the sign test that differences lie on one side of a value. */
const SIGN_LEVEL = 0.05;

/** What tests need to know about two or more paired differences. */
export interface DifferenceSample {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * True if all pairs differ by the same amount. Accuracies on few rows can do that by chance, and a
 * t-test would call the difference certain; a sign test still works.
 */
export function isConstant({ mean, sd }: DifferenceSample): boolean {
  return sd <= ROUNDING * Math.abs(mean);
}

/** Two-sided p-value of n differences that all have the same sign. */
export function signPValue(n: number): number {
  return Math.min(1, 2 * halfToThe(n));
}

/**
 * True if all pairs differ by the same amount, at most `equivalence`, and so often that chance would
 * bring all of them to one side of it in fewer than 5% of cases.
 */
export function isConstantWithin({ n, mean }: DifferenceSample, equivalence: number): boolean {
  return halfToThe(n) <= SIGN_LEVEL && Math.abs(mean) <= equivalence;
}

/** 2⁻ⁿ, exactly. */
function halfToThe(n: number): number {
  let power = 1;
  for (let index = 0; index < n && power > 0; index++) power /= 2;
  return power;
}
