import type { Dataset } from "../dataset/dataset.ts";
import { hasGaps } from "../dataset/has_gaps.ts";
import type { DatasetOptions, WrittenDataset } from "./experiment.ts";

/** What decides how a table's rows become inputs: a table of which nothing is known is plain numbers. */
export interface PreparedTable extends Partial<Pick<Dataset, "sources">> {
  readonly facts?: Pick<Dataset["facts"], "pictureSide">;
}

/**
 * Decides how rows become inputs, where the experiment does not say.
 *
 * Each column is standardized by itself, except in pictures, whose pixels share one range. Missing cells
 * get the median.
 */
export function settlePreparation(
  { standardize, impute }: Pick<WrittenDataset, "standardize" | "impute">,
  { sources = [], facts }: PreparedTable,
): Pick<DatasetOptions, "standardize" | "impute"> {
  const arePictures = facts?.pictureSide !== undefined;
  return {
    standardize: standardize ?? (arePictures ? "global" : "feature"),
    ...hasGaps(sources) && { impute: impute ?? "median" },
  };
}
