import { log } from "../kernels/exact_math.ts";
import type { Predictions } from "../measures/measure.ts";
import { measureOf } from "../measures/metrics.ts";

/**
 * Common measures of what a model makes of some rows, by their keys: the one place where they are
 * computed, so that trainers cannot differ in them.
 *
 * @param keys Of the measures that are wanted and that the trainer does not compute itself.
 * @param predict Called once, if there are any.
 */
export function commonMeasures(
  keys: readonly string[],
  predict: () => Omit<Predictions, "log">,
): Record<string, number> {
  if (keys.length === 0) return {};
  const predictions = { ...predict(), log };
  return Object.fromEntries(keys.map((key) => [key, measureOf(key).compute(predictions)]));
}
