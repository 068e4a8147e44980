import type { Dataset, FeatureSource } from "../src/dataset/dataset.ts";
import { featureNamesOf } from "../src/dataset/feature_names.ts";
import { madeUpFacts } from "./_numeric_dataset.ts";

/** A column and its values by row: numbers, 0 or 1, or indices of categories; null if missing. */
export interface MixedColumn extends Omit<FeatureSource, "hasGaps"> {
  readonly values: readonly (number | null)[];
}

/** A dataset of columns of any kind; of the quantities if there are some, else of two classes. */
export function mixedDataset(
  columns: readonly MixedColumn[],
  { quantities, checksum = "mixed" }: {
    readonly quantities?: readonly number[];
    readonly checksum?: string;
  } = {},
): Dataset {
  const rows = columns[0].values.length;
  const sources = columns.map(({ name, kind, categories, values }): FeatureSource => {
    return { name, kind, ...categories && { categories }, hasGaps: values.includes(null) };
  });
  const values = new Float64Array(new SharedArrayBuffer(8 * rows * sources.length));
  values.forEach((_, at) => {
    const column = columns[at % sources.length];
    values[at] = column.values[Math.floor(at / sources.length)] ?? NaN;
  });
  const targets = new Float64Array(new SharedArrayBuffer(8 * rows));
  targets.forEach((_, row) => targets[row] = quantities ? quantities[row] : row % 2);
  const featureNames = featureNamesOf(sources);
  return {
    task: quantities ? "regression" : "classification",
    values,
    sources,
    targets,
    rows,
    columns: featureNames.length,
    featureNames,
    classes: quantities ? [] : ["no", "yes"],
    file: "mixed.csv",
    checksum,
    facts: madeUpFacts(quantities ? "regression" : "classification"),
  };
}
