import { isAbsolute, relative } from "node:path";
import type { WrittenExperiment } from "./experiment.ts";

/**
 * The text of an experiment as it was read and overridden, comments kept: sweeping it from a folder
 * gives the same runs.
 *
 * It extends nothing. The dataset's path is relative to the folder, unless it was written as absolute.
 */
export function textToKeep(
  { document, dataset }: Pick<WrittenExperiment, "document" | "dataset">,
  folder: string,
): string {
  const kept = document.clone();
  const path = ["dataset", "path"];
  const isElsewhere = isAbsolute(String(document.getIn(path)));
  kept.setIn(path, isElsewhere ? dataset.path : relative(folder, dataset.path));
  return kept.toString({ lineWidth: 0 });
}
