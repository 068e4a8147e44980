import { parseMapping } from "../value_mapping.ts";

/**
 * The factor of each class by which the losses of its training rows are multiplied; (classes).
 * Their mean over the training rows is 1, so that learning rates and penalties keep their meaning.
 *
 * `balanced` gives every class the same sum: n/(k·n_c) for n rows of k classes, n_c of class c. A
 * mapping gives weights, 1 to classes that it does not name, and they are divided by their mean.
 * Classes without training rows have 0.
 *
 * @param labels Of the training rows.
 * @returns undefined if all factors are 1, for `none`.
 * @throws {RangeError} If the text is no mapping, or has a class that there is not: experiments are
 * checked before.
 *
 * Source of `balanced`: King and Zeng, Logistic regression in rare events data (2001).
 */
export function classFactors(
  classWeight: string,
  classes: readonly string[],
  labels: ArrayLike<number>,
): Float64Array | undefined {
  if (classWeight === "none") return undefined;
  const counts = new Float64Array(classes.length);
  for (let row = 0; row < labels.length; row++) counts[labels[row]]++;
  if (classWeight === "balanced") {
    const present = counts.filter((count) => count > 0).length;
    return counts.map((count) => count > 0 ? labels.length / (present * count) : 0);
  }
  const weights = parseMapping(classWeight);
  if (!weights || [...weights.keys()].some((name) => !classes.includes(name))) {
    throw new RangeError(`Cannot weigh the classes ${classes.join(", ")} by ${classWeight}`);
  }
  const factors = Float64Array.from(
    classes,
    (name, c) => counts[c] > 0 ? weights.get(name) ?? 1 : 0,
  );
  const sum = factors.reduce((sum, factor, c) => sum + factor * counts[c], 0);
  return factors.map((factor) => factor / (sum / labels.length));
}
