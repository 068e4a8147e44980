import type { Dataset } from "../dataset/dataset.ts";
import { hasGaps } from "../dataset/has_gaps.ts";
import type { PreparationOptions } from "../dataset/preparation_options.ts";
import type { Cell, DatasetExperiment } from "./experiment.ts";

/**
 * How the rows of a cell's runs become inputs; without what changes nothing, so that it does not
 * distinguish runs.
 */
export function preparationOf(
  { dataset }: Pick<DatasetExperiment, "dataset">,
  { preparation }: Pick<Cell, "preparation">,
  { sources }: Pick<Dataset, "sources">,
): PreparationOptions {
  const { standardize, impute } = { ...dataset, ...preparation };
  return { standardize, ...hasGaps(sources) && impute !== "drop_rows" && impute && { impute } };
}
