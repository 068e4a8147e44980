import { relative } from "node:path";
import type { Experiment } from "./experiment.ts";

/**
 * The text of an experiment as it was read and overridden, comments kept: sweeping it from a folder
 * gives the same runs.
 *
 * It extends nothing, and the dataset's path is relative to the folder.
 */
export function textToKeep(
  { document, dataset }: Pick<Experiment, "document" | "dataset">,
  folder: string,
): string {
  const kept = document.clone();
  kept.setIn(["dataset", "path"], relative(folder, dataset.path));
  return kept.toString({ lineWidth: 0 });
}
