import type { DatasetExperiment } from "../src/experiment/experiment.ts";
import { type OpenedOnDataset, openExperiment } from "../src/experiment/open_experiment.ts";
import type { ExperimentChanges } from "../src/experiment/overrides.ts";
import { parseExperiment } from "../src/experiment/parse_experiment.ts";

/** As `parseExperiment()`, of an experiment that has a dataset. */
export function parseOnDataset(
  text: string,
  file: string,
  overrides?: ExperimentChanges,
): DatasetExperiment {
  const { dataset, task, ...experiment } = parseExperiment(text, file, overrides);
  if (!dataset || !task) throw new TypeError(`${file} has no dataset`);
  return { ...experiment, dataset, task };
}

/** As `openExperiment()`, of an experiment that has a dataset. */
export async function openOnDataset(
  file: string,
  overrides?: ExperimentChanges,
): Promise<OpenedOnDataset> {
  const opened = await openExperiment(file, overrides);
  if (!opened.dataset) throw new TypeError(`${file} has no dataset`);
  return opened;
}
