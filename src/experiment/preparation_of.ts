import type { Dataset } from "../dataset/dataset.ts";
import type { PreparationOptions } from "../dataset/preparation_options.ts";
import type { Experiment } from "./experiment.ts";

/**
 * How the rows of an experiment's runs become inputs; without what changes nothing, so that it does not
 * distinguish runs.
 */
export function preparationOf(
  { dataset: { standardize, impute } }: Pick<Experiment, "dataset">,
  { sources }: Pick<Dataset, "sources">,
): PreparationOptions {
  const hasGaps = sources.some(({ hasGaps }) => hasGaps);
  return { standardize, ...hasGaps && impute !== "drop_rows" && impute && { impute } };
}
