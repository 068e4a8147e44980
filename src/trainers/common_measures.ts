import type { Dataset } from "../dataset/dataset.ts";
import { log } from "../kernels/exact_math.ts";
import { classCounts, rarestClass } from "../measures/class_counts.ts";
import type { Predictions } from "../measures/measure.ts";
import { measureOf } from "../measures/metrics.ts";

/**
 * The class of a dataset that the requested measures of one class are of: the rarer of two, whatever
 * rows are measured. Undefined if there is no such measure.
 */
export function positiveClass(
  keys: readonly string[],
  { targets, classes }: Pick<Dataset, "targets" | "classes">,
): number | undefined {
  const isNeeded = keys.some((key) => measureOf(key).needsTwoClasses);
  return isNeeded ? rarestClass(targets, classes.length) : undefined;
}

/**
 * Computes common measures of a model's predictions, by key. All trainers use this function, so
 * that they cannot differ in these measures.
 *
 * @param keys Of the requested measures that the trainer does not compute itself.
 * @param predict Called once, if `keys` is not empty. Of classes, it needs no scores if all of the
 * measures are cheap and it gives counts.
 */
export function commonMeasures(
  keys: readonly string[],
  predict: () => Omit<Predictions, "log">,
): Record<string, number> {
  if (keys.length === 0) return {};
  const given = { ...predict(), log };
  const isOfClasses = given.classes > 1;
  // Several measures need them.
  const predictions = isOfClasses ? { ...given, counts: classCounts(given) } : given;
  const measures: Record<string, number> = {};
  for (const key of keys) measures[key] = measureOf(key).compute(predictions);
  return measures;
}
