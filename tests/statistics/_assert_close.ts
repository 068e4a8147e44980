import { assert } from "@std/assert";

/**
 * Asserts that two figures agree to 12 digits; of `scale`, where they are small differences of
 * numbers of that size.
 *
 * Both sides compute in float64, but sum in different orders and have different t quantiles, which
 * agree to 13 digits.
 */
export function assertClose(actual: number | undefined, expected: number, scale = 0): void {
  const tolerance = 1e-12 * Math.max(Math.abs(expected), scale);
  assert(
    actual !== undefined && Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
}
