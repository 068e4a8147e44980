import type { FeatureSource } from "./dataset.ts";

/**
 * The names of a model's inputs, in their order, all different: a number or a boolean is one input, a
 * category one per value, such as `Sex=male`; a column with gaps is followed by `NAME_missing`, which is
 * 1 where its cell is missing. Such a name gets a `_` more where something else has it.
 */
export function featureNamesOf(sources: readonly FeatureSource[]): string[] {
  const taken = new Set(sources.flatMap(({ name, categories }) => categories ? [] : [name]));
  const derived = (wanted: string) => {
    let name = wanted;
    while (taken.has(name)) name += "_";
    taken.add(name);
    return name;
  };
  return sources.flatMap(({ name, categories, hasGaps }) => {
    const own = categories?.map((category) => derived(`${name}=${category}`)) ?? [name];
    return hasGaps ? [...own, derived(`${name}_missing`)] : own;
  });
}
