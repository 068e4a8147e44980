import type { FeatureSource } from "./dataset.ts";

/**
 * The names of a model's inputs, in their order: a number or a boolean is one input, a category one per
 * value, such as `Sex=male`; a column with gaps is followed by `NAME_missing`, which is 1 where its cell
 * is missing.
 */
export function featureNamesOf(sources: readonly FeatureSource[]): string[] {
  return sources.flatMap(({ name, categories, hasGaps }) => {
    const own = categories?.map((category) => `${name}=${category}`) ?? [name];
    return hasGaps ? [...own, `${name}_missing`] : own;
  });
}
