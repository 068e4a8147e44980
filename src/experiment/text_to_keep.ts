import { isAbsolute, relative } from "node:path";
import type { Document } from "yaml";
import type { WrittenSplit } from "../dataset/split_options.ts";
import type { WrittenExperiment } from "./experiment.ts";

/**
 * The text of an experiment as it was read and overridden, comments kept: sweeping it from a folder
 * gives the same runs.
 *
 * It extends nothing. The dataset's path is relative to the folder, unless it was written as absolute.
 * What was told from the dataset is stated where the first version did otherwise, since what a kept
 * file does not state is read as the first version would.
 */
export function textToKeep(
  { document, dataset }: Pick<WrittenExperiment, "document" | "dataset">,
  folder: string,
): string {
  const kept = document.clone();
  const path = ["dataset", "path"];
  const isElsewhere = isAbsolute(String(document.getIn(path)));
  kept.setIn(path, isElsewhere ? dataset.path : relative(folder, dataset.path));
  stateSplit(kept, dataset.split);
  return kept.toString({ lineWidth: 0 });
}

function stateSplit(kept: Document, { stratify }: WrittenSplit = {}): void {
  const path = ["dataset", "split", "stratify"];
  if (stratify && !kept.hasIn(path)) kept.setIn(path, true);
}
